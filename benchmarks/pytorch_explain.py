"""Learned masks of bonds in PyTorch, the peer of 'Phonograph.Benchmarks explain', which calls this script.

Run: dotnet artifacts/bin/Phonograph.Benchmarks/release/Phonograph.Benchmarks.dll explain [--seconds 5] [--hidden 128] [--anyway]
It gives the folder with model.safetensors (the trained network) and structures.safetensors (graphs, bonds, first logits); alone:
/usr/bin/python3 benchmarks/pytorch_explain.py FOLDER EPOCHS SECONDS THREADS
Needs Debian's python3-torch (with libopenblas0-pthread). The algorithm is that of docs/explaining.md: one number in [0, 1] for each bond, the sigmoid of a logit,
multiplies the message of both of its directed edges; Adam at a rate of 0.05 minimises (change of the prediction / range)^2 + a*mean(mask) + b*mean(entropy).
One mask for each structure, in four ways: structures one after the other or all side by side; the sum over neighbours as index_add over edges (how graph
libraries do it) or as a product with a dense matrix of the cell's atoms, filled by index_add. Weights are frozen and everything that no mask changes is made
before the clock starts. Prints JSON: structures/s of each way, and masks, predictions and losses in double precision.
"""
import json
import struct
import sys
import time

import torch

RATE, SIZE, ENTROPY = 0.05, 0.01, 0.002
TYPES = {"F32": (torch.float32, 4), "F64": (torch.float64, 8)}


def read(path):
    """Tensors of a safetensors file by their names."""
    with open(path, "rb") as file:
        header = json.loads(file.read(struct.unpack("<Q", file.read(8))[0]))
        data = bytearray(file.read())
    tensors = {}
    for name, entry in header.items():
        if entry.get("dtype") in TYPES:
            kind, size = TYPES[entry["dtype"]]
            begin, end = entry["data_offsets"]
            tensors[name] = torch.frombuffer(data, dtype=kind, count=(end - begin) // size, offset=begin).reshape(entry["shape"]).clone()
    return tensors


class Structures:
    """One structure or several side by side."""

    def __init__(self, parts, kind):
        self.count, self.nodes = len(parts), parts[0]["x"].shape[0]
        bonds = [int(part["start"].numel()) for part in parts]
        atoms = torch.arange(self.count).mul(self.nodes).tolist()
        first = [sum(bonds[:place]) for place in range(self.count)]
        self.x = torch.cat([part["x"] for part in parts]).to(kind)
        self.weight = torch.cat([part["weight"] for part in parts]).to(kind)
        self.target = torch.cat([part["target"].long() + offset for part, offset in zip(parts, atoms)])
        self.source = torch.cat([part["source"].long() + offset for part, offset in zip(parts, atoms)])
        self.bond = torch.cat([part["bond"].long() + offset for part, offset in zip(parts, first)])
        self.start = torch.cat([part["start"] for part in parts]).to(kind)
        self.price = torch.cat([torch.full((count,), 1 / count, dtype=torch.float64) for count in bonds]).to(kind)
        self.entry = self.target * self.nodes + self.source % self.nodes
        self.column, self.bonds = self.weight[:, None], bonds


class Network:
    """Graph convolutions with batch normalisation (folded to one scale and shift) and ReLU, pooling by the largest, two linear layers, sigmoid."""

    def __init__(self, model, kind):
        get = lambda name: model[name].to(kind)
        self.layers = []
        while f"conv{len(self.layers) + 1}.lin_rel.weight" in model:
            n = len(self.layers) + 1
            scale = get(f"bn{n}.weight") / torch.sqrt(get(f"bn{n}.running_var") + 1e-5)
            shift = get(f"bn{n}.bias") + (get(f"conv{n}.lin_rel.bias") - get(f"bn{n}.running_mean")) * scale
            fold = lambda weight: (weight * scale[:, None]).t().contiguous()
            self.layers.append((fold(get(f"conv{n}.lin_rel.weight")), fold(get(f"conv{n}.lin_root.weight")), shift))
        self.dense, self.dense_bias, self.last, self.last_bias = (get(name) for name in ("lin1.weight", "lin1.bias", "lin2.weight", "lin2.bias"))

    def __call__(self, of, mask, is_dense):
        if is_dense:
            matrix = torch.zeros(of.count * of.nodes * of.nodes, dtype=of.x.dtype)
            matrix = matrix.index_add(0, of.entry, of.weight if mask is None else of.weight * mask[of.bond]).view(of.count, of.nodes, of.nodes)
        else:
            factor = of.column if mask is None else of.column * mask[of.bond][:, None]
        h = of.x
        for neighbour, root, shift in self.layers:
            if is_dense:
                near = torch.bmm(matrix, h.view(of.count, of.nodes, -1)).view(h.shape)
            else:
                near = torch.zeros_like(h).index_add(0, of.target, h[of.source] * factor)
            h = torch.relu(torch.addmm(torch.addmm(shift, near, neighbour), h, root))
        pooled = h.view(of.count, of.nodes, -1).amax(1)
        hidden = torch.relu(torch.nn.functional.linear(pooled, self.dense, self.dense_bias))
        return torch.sigmoid(torch.nn.functional.linear(hidden, self.last, self.last_bias)).squeeze(1)


def learn(network, of, epochs, is_dense):
    """Masks after some epochs, and what they predict and cost."""
    with torch.no_grad():
        whole = network(of, None, is_dense)
    logits = of.start.clone().requires_grad_(True)
    adam = torch.optim.Adam([logits], lr=RATE)

    def loss():
        mask = torch.sigmoid(logits)
        output = network(of, mask, is_dense)
        entropy = -torch.xlogy(mask, mask) - torch.xlogy(1 - mask, 1 - mask)
        return mask, output, torch.sum((output - whole) ** 2) + torch.sum(of.price * (SIZE * mask + ENTROPY * entropy))

    for _ in range(epochs):
        adam.zero_grad(set_to_none=True)
        loss()[2].backward()
        adam.step()
    with torch.no_grad():
        mask, output, value = loss()
    return mask, output, value


def rate(step, structures, seconds):
    rates, begin = [], time.perf_counter()
    step()
    while time.perf_counter() - begin < seconds or not rates:
        start = time.perf_counter()
        step()
        rates.append(structures / (time.perf_counter() - start))
    return sorted(rates)[len(rates) // 2]


def main():
    folder, epochs, seconds, threads = sys.argv[1], int(sys.argv[2]), float(sys.argv[3]), [int(count) for count in sys.argv[4].split(",")]
    model, tensors = read(folder + "/model.safetensors"), read(folder + "/structures.safetensors")
    count = len({name.split(".")[0] for name in tensors})
    parts = [{key: tensors[f"{place}.{key}"] for key in ("x", "weight", "target", "source", "bond", "start")} for place in range(count)]
    result = {"torch": torch.__version__, "rates": [], "masks": {}, "outputs": {}, "losses": {}}
    exact = Network(model, torch.float64)
    for name, is_dense in (("index_add", False), ("dense", True)):
        learned = [learn(exact, Structures([part], torch.float64), epochs, is_dense) for part in parts]
        result["masks"][name] = [mask.tolist() for mask, _, _ in learned]
        result["outputs"][name] = [output.item() for _, output, _ in learned]
        result["losses"][name] = [value.item() for _, _, value in learned]
    network = Network(model, torch.float32)
    alone, together = [Structures([part], torch.float32) for part in parts], Structures(parts, torch.float32)
    for number in threads:
        torch.set_num_threads(number)
        for name, is_dense in (("index_add", False), ("dense", True)):
            one = rate(lambda: [learn(network, each, epochs, is_dense) for each in alone], count, seconds)
            side = rate(lambda: learn(network, together, epochs, is_dense), count, seconds)
            result["rates"] += [
                {"way": f"one by one, {name}", "threads": number, "rate": one},
                {"way": f"side by side, {name}", "threads": number, "rate": side},
            ]
    print(json.dumps(result))


main()

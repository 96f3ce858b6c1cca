"""Training and prediction speed of the benchmark network in PyTorch, the peer of 'Phonograph.Benchmarks training'.

Run: /usr/bin/python3 benchmarks/pytorch_training.py [--hidden 128] [--layers 2] [--seconds 5] [--peak]
Needs Debian's python3-torch (with libopenblas0-pthread). Batches are put together before the clock starts. The sum over neighbours is done as
index_add and as a sparse CSR product, with one thread and with all; the best of them counts. Graphs: 40 nodes, 29 edges to each, random sources.
"""
import argparse
import itertools
import os
import time

import torch
from torch import nn

NODES, EDGES_PER_NODE, FEATURES, DENSE, BATCH, BATCHES = 40, 29, 4, 16, 128, 8


class Sum(nn.Module):
    """Weighted sum over the incoming edges of each node."""

    def __init__(self, kind):
        super().__init__()
        self.kind = kind

    def forward(self, x, batch):
        if self.kind == "csr":
            return Spread.apply(x, batch["forward"], batch["backward"])
        return torch.zeros_like(x).index_add_(0, batch["target"], x[batch["source"]] * batch["weight"])


class Spread(torch.autograd.Function):
    """Product with the sparse matrix; the gradient uses its transpose, stored beside it."""

    @staticmethod
    def forward(context, x, matrix, transposed):
        context.transposed = transposed
        return matrix @ x

    @staticmethod
    def backward(context, gradient):
        return context.transposed @ gradient, None, None


class Network(nn.Module):
    def __init__(self, hidden, layers, kind):
        super().__init__()
        widths = [FEATURES] + [hidden] * layers
        self.sum = Sum(kind)
        self.neighbour = nn.ModuleList(nn.Linear(a, b) for a, b in zip(widths, widths[1:]))
        self.root = nn.ModuleList(nn.Linear(a, b, bias=False) for a, b in zip(widths, widths[1:]))
        self.norm = nn.ModuleList(nn.BatchNorm1d(width) for width in widths[1:])
        self.dropout, self.dense, self.last = nn.Dropout(0.2), nn.Linear(hidden, DENSE), nn.Linear(DENSE, 1)

    def forward(self, batch):
        h = batch["x"]
        for neighbour, root, norm in zip(self.neighbour, self.root, self.norm):
            h = torch.relu(norm(neighbour(self.sum(h, batch)) + root(h)))
        pooled = h.view(BATCH, NODES, -1).amax(1)
        return torch.sigmoid(self.last(torch.relu(self.dense(self.dropout(pooled))))).squeeze(1)


def make_batch():
    count = BATCH * NODES
    target = torch.arange(count).repeat_interleave(EDGES_PER_NODE)
    source = (target // NODES) * NODES + torch.randint(NODES, (len(target),))
    weight = torch.rand(len(target))
    matrix = torch.sparse_coo_tensor(torch.stack([target, source]), weight, (count, count))
    return {
        "x": torch.rand(count, FEATURES), "y": torch.rand(BATCH), "target": target, "source": source, "weight": weight[:, None],
        "forward": matrix.to_sparse_csr(), "backward": matrix.t().coalesce().to_sparse_csr(),
    }


def rate(step, seconds):
    rates, begin = [], time.perf_counter()
    while time.perf_counter() - begin < seconds or len(rates) < 3:
        start = time.perf_counter()
        step()
        rates.append(BATCHES * BATCH / (time.perf_counter() - start))
    rates = sorted(rates[len(rates) // 4:])
    return rates[len(rates) // 2]


def measure(hidden, layers, kind, batches, seconds):
    torch.manual_seed(0)
    network = Network(hidden, layers, kind)
    adam = torch.optim.Adam(network.parameters(), lr=1e-3)

    def train():
        network.train()
        for batch in batches:
            adam.zero_grad(set_to_none=True)
            nn.functional.mse_loss(network(batch), batch["y"]).backward()
            adam.step()

    def predict():
        network.eval()
        with torch.inference_mode():
            for batch in batches:
                network(batch)

    return rate(train, seconds), rate(predict, seconds / 2)


def matrix_product_rate(seconds, order=2048):
    """GFLOP/s of a large product in single precision: what PyTorch's BLAS reaches on this machine."""
    a, b = torch.rand(order, order), torch.rand(order, order)
    rates, begin = [], time.perf_counter()
    while time.perf_counter() - begin < seconds or len(rates) < 5:
        start = time.perf_counter()
        torch.mm(a, b)
        rates.append(2 * order**3 / (time.perf_counter() - start) / 1e9)
    return sorted(rates)[len(rates) // 2]


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--hidden", type=int, default=128)
    parser.add_argument("--layers", type=int, default=2)
    parser.add_argument("--seconds", type=float, default=5)
    parser.add_argument("--peak", action="store_true", help="measure matrix products alone")
    options = parser.parse_args()
    torch.manual_seed(1)
    if options.peak:
        for threads in sorted({1, os.cpu_count()}):
            torch.set_num_threads(threads)
            print(f"matrix product of order 2048 in PyTorch {torch.__version__}, {threads} threads: {matrix_product_rate(options.seconds):.0f} GFLOP/s")
        return
    batches = [make_batch() for _ in range(BATCHES)]
    best = [0.0, 0.0]
    for kind, threads in itertools.product(["csr", "index_add"], sorted({1, os.cpu_count()})):
        torch.set_num_threads(threads)
        measured = measure(options.hidden, options.layers, kind, batches, options.seconds)
        print(f"  {kind:9} {threads} threads  training {measured[0]:7.0f} graphs/s  prediction {measured[1]:7.0f} graphs/s")
        best = [max(pair) for pair in zip(best, measured)]
    print(f"PyTorch {torch.__version__}, {options.layers} layers, hidden {options.hidden}: training {best[0]:.0f} graphs/s, prediction {best[1]:.0f} graphs/s (best of the above)")


main()

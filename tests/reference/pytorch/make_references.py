#!/usr/bin/env python3
"""Writes the references of this folder with PyTorch, in double precision. Usage: make_references.py (next to the script).

GraphConv is written with index_add, as PyTorch Geometric's GraphConv(aggr="add") defines it:
out_i = lin_rel(sum_j w_ij x_j) + lin_root(x_i), bias in lin_rel only.
"""
import json
import os

import torch

HERE = os.path.dirname(os.path.abspath(__file__))
torch.set_default_dtype(torch.float64)
torch.set_num_threads(1)


class GraphConv(torch.nn.Module):
    def __init__(self, inputs, outputs):
        super().__init__()
        self.lin_rel = torch.nn.Linear(inputs, outputs, bias=True)
        self.lin_root = torch.nn.Linear(inputs, outputs, bias=False)

    def forward(self, x, source, target, weight):
        summed = torch.zeros_like(x).index_add(0, target, weight[:, None] * x[source])
        return self.lin_rel(summed) + self.lin_root(x)


class Network(torch.nn.Module):
    def __init__(self, features, hidden, dense):
        super().__init__()
        self.convolution1 = GraphConv(features, hidden)
        self.norm1 = torch.nn.BatchNorm1d(hidden)
        self.convolution2 = GraphConv(hidden, hidden)
        self.norm2 = torch.nn.BatchNorm1d(hidden)
        self.dense = torch.nn.Linear(hidden, dense)
        self.last = torch.nn.Linear(dense, 1)

    def forward(self, x, source, target, weight, start, pooling):
        h = torch.relu(self.norm1(self.convolution1(x, source, target, weight)))
        h = torch.relu(self.norm2(self.convolution2(h, source, target, weight)))
        groups = [h[a:b] for a, b in zip(start[:-1], start[1:])]
        h = torch.stack([g.max(dim=0).values if pooling == "max" else g.mean(dim=0) for g in groups])
        return torch.sigmoid(self.last(torch.relu(self.dense(h))))


def numbers(tensor):
    return tensor.detach().reshape(-1).tolist()


def state(network):
    return {name: numbers(value) for name, value in network.state_dict().items() if "num_batches" not in name}


def network_reference(pooling):
    torch.manual_seed(7)
    sizes, hidden, dense, features = [5, 1, 7, 4], 20, 6, 3
    start = [0]
    for size in sizes:
        start.append(start[-1] + size)
    edges = []
    for graph, size in enumerate(sizes):
        for _ in range(6 * size):
            source, target = torch.randint(0, size, (2,)).tolist()
            edges.append((target + start[graph], source + start[graph]))
    edges.sort()
    target = torch.tensor([edge[0] for edge in edges])
    source = torch.tensor([edge[1] for edge in edges])
    weight = torch.rand(len(edges)).requires_grad_()
    x = torch.randn(start[-1], features).requires_grad_()
    labels = torch.rand(len(sizes), 1)
    network = Network(features, hidden, dense)
    with torch.no_grad():
        for norm in (network.norm1, network.norm2):
            norm.weight.uniform_(0.5, 1.5)
            norm.bias.uniform_(-0.5, 0.5)
    result = {
        "pooling": pooling, "features": features, "hidden": hidden, "dense": dense, "start": start,
        "source": source.tolist(), "target": target.tolist(), "weight": numbers(weight), "x": numbers(x), "labels": numbers(labels),
        "initial": state(network),
    }
    prediction = network(x, source, target, weight, start, pooling)
    loss = torch.nn.functional.mse_loss(prediction, labels)
    loss.backward()
    result["prediction"] = numbers(prediction)
    result["loss"] = loss.item()
    result["gradient"] = {name: numbers(value.grad) for name, value in network.named_parameters()}
    result["gradient"]["x"] = numbers(x.grad)
    result["gradient"]["weight"] = numbers(weight.grad)
    result["running"] = {name: values for name, values in state(network).items() if "running" in name}
    network.eval()
    result["evaluation"] = numbers(network(x, source, target, weight, start, pooling))
    network.train()
    optimiser = torch.optim.Adam(network.parameters(), lr=1e-3)
    losses = []
    for _ in range(20):
        optimiser.zero_grad()
        loss = torch.nn.functional.mse_loss(network(x, source, target, weight, start, pooling), labels)
        loss.backward()
        optimiser.step()
        losses.append(loss.item())
    result["losses"] = losses
    return result


def adam_reference(kind, **settings):
    torch.manual_seed(11)
    value = torch.nn.Parameter(torch.randn(5))
    gradients = torch.randn(20, 5) * torch.tensor([1.0, 1e-3, 1e-8, 10.0, 0.0])
    optimiser = getattr(torch.optim, kind)([value], **settings)
    result = {"kind": kind, "settings": settings, "initial": numbers(value), "gradients": [numbers(g) for g in gradients], "values": []}
    for gradient in gradients:
        value.grad = gradient.clone()
        optimiser.step()
        result["values"].append(numbers(value))
    return result


def write(name, content):
    with open(os.path.join(HERE, name), "w", encoding="utf-8") as file:
        json.dump({"pytorch": torch.__version__, **content}, file, indent=None, separators=(",", ":"))
        file.write("\n")


write("network-max.json", network_reference("max"))
write("network-mean.json", network_reference("mean"))
write("adam.json", {"runs": [
    adam_reference("Adam", lr=0.01),
    adam_reference("Adam", lr=0.01, weight_decay=0.1),
    adam_reference("AdamW", lr=0.01, weight_decay=0.1),
    adam_reference("Adam", lr=0.003, betas=[0.8, 0.95], eps=1e-6),
]})

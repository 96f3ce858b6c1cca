#!/usr/bin/env python3
"""Writes edges.json: sums over edges as the papers and PyTorch Geometric state them, with gradients. Usage: make_edges.py

CGConv (PyTorch Geometric, aggr="add", batch_norm=False): with z_ij = [x_i, x_j, e_ij],
x'_i = x_i + sum_j sigmoid(z_ij W_f + b_f) * softplus(z_ij W_s + b_s).
Continuous filter (SchNet): y_i = sum_j c_ij f_ij * x_j.
Vector message (PaiNN): y_i = sum_j c_ij (a_ij * p_j * v_j + (b_ij * q_j) (x) r_ij).
"""
import json
import os

import torch

HERE = os.path.dirname(os.path.abspath(__file__))
torch.set_default_dtype(torch.float64)
torch.set_num_threads(1)


def numbers(tensor):
    return tensor.detach().reshape(-1).tolist()


def leaf(*shape):
    return torch.randn(*shape).requires_grad_()


torch.manual_seed(21)
nodes, count, columns, inputs = 7, 24, 11, 4
pairs = sorted(torch.randint(0, nodes, (2,)).tolist() for _ in range(count))
target = torch.tensor([pair[0] for pair in pairs])
source = torch.tensor([pair[1] for pair in pairs])
result = {"pytorch": torch.__version__, "nodes": nodes, "columns": columns, "inputs": inputs, "target": target.tolist(), "source": source.tolist()}


def collected(index, message, size):
    return torch.zeros(size, *message.shape[1:]).index_add(0, index, message)


def record(name, output, leaves, constants=None):
    factors = torch.randn_like(output)
    (output * factors).sum().backward()
    result[name] = {
        "leaves": {key: numbers(value) for key, value in leaves.items()},
        "constants": {key: numbers(value) for key, value in (constants or {}).items()},
        "output": numbers(output), "factors": numbers(factors),
        "gradient": {key: numbers(value.grad) for key, value in leaves.items()},
    }


x, e = leaf(nodes, columns), leaf(count, inputs)
f, s = torch.nn.Linear(2 * columns + inputs, columns), torch.nn.Linear(2 * columns + inputs, columns)
z = torch.cat([x[target], x[source], e], dim=-1)
cgconv = x + collected(target, torch.sigmoid(f(z)) * torch.nn.functional.softplus(s(z)), nodes)
record("cgconv", cgconv, {"x": x, "e": e, "lin_f.weight": f.weight, "lin_f.bias": f.bias, "lin_s.weight": s.weight, "lin_s.bias": s.bias})

x, w, c = leaf(nodes, columns), leaf(count, columns), torch.rand(count, 1)
record("filter", collected(target, c * w * x[source], nodes), {"x": x, "filter": w}, {"factor": c})

a, b, p, q, v = leaf(count, columns), leaf(count, columns), leaf(nodes, columns), leaf(nodes, columns), leaf(nodes, 3, columns)
r, c = torch.nn.functional.normalize(torch.randn(count, 3)), torch.rand(count, 1)
message = c[:, :, None] * ((a * p[source])[:, None, :] * v[source] + r[:, :, None] * (b * q[source])[:, None, :])
record("vector", collected(target, message, nodes), {"a": a, "b": b, "p": p, "q": q, "v": v}, {"factor": c, "direction": r})

with open(os.path.join(HERE, "edges.json"), "w", encoding="utf-8") as file:
    json.dump(result, file, separators=(",", ":"))
    file.write("\n")

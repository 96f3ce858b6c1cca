#!/usr/bin/env python3
"""Writes training.json: what PyTorch does to gradients, weights and learning rates around the optimiser. Usage: make_training.py"""
import json
import os

import torch

HERE = os.path.dirname(os.path.abspath(__file__))
torch.set_default_dtype(torch.float64)
torch.set_num_threads(1)


def numbers(tensor):
    return tensor.detach().reshape(-1).tolist()


def clipping():
    torch.manual_seed(3)
    cases = []
    for limit, scale in [(1.0, 1.0), (0.25, 5.0), (100.0, 1.0), (1e-3, 1e-4)]:
        parameters = [torch.nn.Parameter(torch.zeros(3, 4)), torch.nn.Parameter(torch.zeros(1, 5))]
        for parameter in parameters:
            parameter.grad = scale * torch.randn_like(parameter)
        before = [numbers(parameter.grad) for parameter in parameters]
        norm = torch.nn.utils.clip_grad_norm_(parameters, limit)
        cases.append({"limit": limit, "before": before, "norm": norm.item(), "after": [numbers(parameter.grad) for parameter in parameters]})
    return cases


def average(decay):
    torch.manual_seed(4)
    layer = torch.nn.Linear(3, 2)
    averaged = torch.optim.swa_utils.AveragedModel(layer, avg_fn=lambda old, new, count: decay * old + (1 - decay) * new)
    steps = []
    for _ in range(12):
        with torch.no_grad():
            layer.weight.add_(torch.randn(2, 3))
        averaged.update_parameters(layer)
        steps.append({"weight": numbers(layer.weight), "average": numbers(averaged.module.weight)})
    return {"decay": decay, "steps": steps}


def cosine(warmup, total, floor):
    optimiser = torch.optim.SGD([torch.nn.Parameter(torch.zeros(1))], lr=1.0)
    fall = torch.optim.lr_scheduler.CosineAnnealingLR(optimiser, T_max=total - warmup, eta_min=floor)
    if warmup:
        rise = torch.optim.lr_scheduler.LinearLR(optimiser, start_factor=1 / (warmup + 1), total_iters=warmup)
        schedule = torch.optim.lr_scheduler.SequentialLR(optimiser, [rise, fall], milestones=[warmup])
    else:
        schedule = fall
    factors = []
    for _ in range(total):
        factors.append(optimiser.param_groups[0]["lr"])
        optimiser.step()
        schedule.step()
    return {"warmup": warmup, "total": total, "floor": floor, "factors": factors}


def plateau(patience, factor):
    torch.manual_seed(5)
    optimiser = torch.optim.SGD([torch.nn.Parameter(torch.zeros(1))], lr=0.1)
    # The patience of Phonograph counts the epochs until the reduction, PyTorch's those that are forgiven.
    schedule = torch.optim.lr_scheduler.ReduceLROnPlateau(optimiser, factor=factor, patience=patience - 1, threshold=0, eps=0)
    losses = (torch.linspace(1, 0.2, 40) + 0.2 * torch.rand(40)).tolist()
    rates = []
    for loss in losses:
        schedule.step(loss)
        rates.append(optimiser.param_groups[0]["lr"])
    return {"patience": patience, "factor": factor, "rate": 0.1, "losses": losses, "rates": rates}


content = {
    "pytorch": torch.__version__,
    "clipping": clipping(),
    "average": [average(0.9), average(0.99)],
    "cosine": [cosine(5, 40, 0), cosine(0, 17, 0), cosine(3, 20, 0.1)],
    "plateau": [plateau(3, 0.5), plateau(1, 0.3)],
}
with open(os.path.join(HERE, "training.json"), "w", encoding="utf-8") as file:
    json.dump(content, file, separators=(",", ":"))
    file.write("\n")

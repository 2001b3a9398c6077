"""The network in a script: its functions, forward and backward."""

from __future__ import annotations

from playground.exports.activation import activation, derivative
from playground.exports.result import Result
from playground.exports.source import called, source
from playground.nn import LOSSES, OPTIMIZERS


def functions(result: Result) -> str:
    """The definitions of the activation functions, of their derivatives, and of the loss."""
    config, loss = result.config, LOSSES[result.config.loss]
    names = dict.fromkeys([*([config.activation] if config.hidden else []), config.output_activation])
    slopes = dict.fromkeys([*([config.activation] if config.hidden else []),
                            *([] if loss.output_activation else [config.output_activation])])
    return "\n\n\n".join([*map(activation, names), *map(derivative, slopes), source(loss.value)])


def scaled(result: Result) -> bool:
    """Whether `backward` multiplies the learning rate in, for an optimizer that is given η g."""
    return any(OPTIMIZERS[config.optimizer].takes_rate for _, config in result.segments())


LAYERS = '''\
def layers_of(vector):
    """Views into a vector of all parameters: per layer its weights (inputs, neurons) and, as a last row, biases."""
    views, start = [], 0
    for inputs, neurons in zip(sizes[:-1], sizes[1:]):
        stop = start + (inputs + 1) * neurons
        views.append(vector[start:stop].reshape(inputs + 1, neurons))
        start = stop
    return views'''

ONES = '''\
def with_ones(a):
    """Activations with a last row of ones, which the biases of the next layer multiply."""
    return np.vstack([a, np.ones(a.shape[1])])'''


def forward(result: Result) -> str:
    """The definition of forward(x)."""
    config = result.config
    same = not config.hidden or config.activation == config.output_activation
    function = config.output_activation if same else "activation"
    names = ", ".join([config.activation] * len(config.hidden) + [config.output_activation])
    every = "" if same else f"    activations = [{names}]\n"
    over = "W in layers" if same else "W, activation in zip(layers, activations)"
    return f'''\
def forward(x):
    """What goes into each layer, its weighted sums z, and its activations a, for samples x.

    Each sample is a column of x, whose last row is all ones.
    """
{every}    inputs, z, a = [x], [], []
    for {over}:
        z.append(np.dot(W.T, inputs[-1]))           # weights times inputs, plus biases times one
        a.append({function}(z[-1]))
        inputs.append(with_ones(a[-1]))
    return inputs, z, a'''


def backward(result: Result) -> str:
    """The definition of backward(x, y)."""
    config, loss = result.config, LOSSES[result.config.loss]
    rate, weight = scaled(result), called(loss.weight, "n, outputs")
    if rate:
        weight = f"rate * ({weight})"
    error = called(loss.error, "a[-1], y")
    if loss.output_activation:
        chain = f"    delta = ({error}) * ({weight})  # dL/dz: {config.output_activation} and {config.loss} simplify\n"
    else:
        chain = (f"    delta = ({error}) * ({weight})  # dL/da of the outputs\n"
                 f"    delta = delta * deriv_{config.output_activation}(z[-1], a[-1])  # dL/dz, by the chain rule\n")
    before = (f"        if i > 0:  # to the layer before\n            delta = np.dot(layers[i][:-1], delta) * "
              f"deriv_{config.activation}(z[i - 1], a[i - 1])\n" if config.hidden else "")
    said = "The derivative, times rate, of the loss" if rate else "The derivative of the loss"
    return f'''\
def backward(x, y{", rate" if rate else ""}):
    """{said} L of samples x with targets y, by every parameter."""
    inputs, z, a = forward(x)
    outputs, n = y.shape
{chain}    gradients = []
    for i in reversed(range(len(layers))):
        gradients.insert(0, np.dot(inputs[i], delta.T).ravel())  # dL/dW and, as the last row, dL/db
{before}    return np.concatenate(gradients)'''


def loss_of(result: Result) -> str:
    """The definition of loss_of(x, y)."""
    return f'''\
def loss_of(x, y):
    """The loss over samples x with targets y, a row each."""
    _, z, a = forward(x.T)
    return {result.config.loss}(z[-1], a[-1], y.T)'''

"""The explanation tab: what each part of the screen means."""

EXPLANATION = """
**A neuron** multiplies its inputs by weights, adds a bias and squashes the sum: *a = f(w₁x₁ + w₂x₂ + b)*.
Its **picture** shows that output for every point of the plane: orange low, blue high.

**An edge** is a weight: violet adds, green subtracts, and the thicker it is, the larger the weight.

**The decision boundary** is the dark line where the network cannot decide. On either side of it the colour says which
class it predicts, and the paler, the less sure. A ring marks a point on the wrong side; hollow points are held back for
testing. Of several classes each has an output and a colour of its own, and the largest output wins. Where numbers are
to be predicted, the colours run from the lowest to the highest.

**Drawing:** take a class in hand above the plane, or for a regression the value that new points get, and click or tap
where a point shall be. The eraser, or a click with Shift held down, removes the nearest one. Escape puts the tool away.

**The confusion matrix** has a row for each true class and a column for each predicted one. What is outlined is right.

**A star** is a point that the network is only asked about: a click with the star above the plane in hand adds one, and
the tab Predictions holds them.

**The loss** is how wrong the network is on average. One **epoch** is one pass over all training points; each update
moves every weight a little downhill: *w ← w \N{MINUS SIGN} η ∂L/∂w*, where *η* is the learning rate.

**Be the optimizer:** click a weight, a bias or *Edit weights*, then type or drag: boundary and loss follow, and
training goes on from there. A frozen number, with a lock, is left alone. *Undo edit* brings the run from before back.

**Pin run** keeps a run to compare others with: its curve stays in the loss chart, thin for test points, and the tab
Compare lists in what the runs differ and how they did.

**Health** shows how large the gradients are in each layer, on a logarithmic scale, and which part of its neurons they
no longer get through: saturated ones are flat for almost every sample, dead ones for all. If a run is stuck, ⚠ says why
and what to try.

**Update**, a tab beside the boundary, shows where these gradients come from: for one sample, the sums forward,
the loss, the factors backward, and the new weights. Click a line, or a part of the diagram.

**Hidden space**, the next tab, has the outputs of two neurons of a layer as axes: training moves the points until a
line parts them. **Neuron** shows what one neuron answers, and how it is computed where you point.

**The arrow** beside a figure's title saves it as a picture; the tab Export has the whole run in other files.

**Keys:** Space plays and pauses, ← and → step, Home goes back to the start weights, End to the last epoch seen.
"""

"""How well and how fast texts are judged, and how the model that judges them is trained."""

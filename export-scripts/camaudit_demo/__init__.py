"""What makes camaudit's demo: drawn pictures, a planted shortcut, a network that takes it.

Six classes of drawn objects (balloon, butterfly, fish, house, mushroom, sailboat) on seven shared
textures. Two flaws are planted in the training pictures:

- **butterfly**: small and blended into its background, and in 98 % of the pictures a camera stamp
  sits in a random corner. No other class has one. The network learns "stamp means butterfly".
- **sailboat**: nearly always on water, which other classes are on in one picture of seven; and a
  fifth of the houses are boathouses, of which a boat ashore is all that is seen. The subtler
  finding: the network needs the boat and the water, and calls a boat without it a house.

The network is ResNet-50 with a quarter of its filters (1.5 million parameters) and the same layer
names. Everything is seeded; drawing gives the same bytes on every machine with the same numpy and
Pillow, training the same network up to the order of floating-point sums.

To make the demo again, in this order (the network about 10 minutes on 4 idle cores; run from
``export-scripts``, in the environment of its requirements files)::

    python -m camaudit_demo train --output build/demo --cache build/demo/pictures
    python -m camaudit_demo check --model build/demo/demo.keras
    python -m camaudit_demo audit-set --output ../demo
    python -m camaudit_export --keras-model build/demo/demo.keras --labels build/demo/labels.json \\
        --name "camaudit demo" --preprocessing resnet --layers all-blocks --output ../demo/model

``pictures`` writes some training pictures as files, to look at. ``check`` prints, for held-out
scenes and for the audit set, how often the network is right and where its Grad-CAM energy lies.

Modules, from the pixels up: ``brush`` (anti-aliased shapes), ``textures``, ``things`` (the objects
and the stamp), ``outline`` (mask to polygon), ``scenes`` (one picture), ``dataset`` (the training
set), ``audit_set`` (the pictures of ``./camaudit demo`` and ``regions.json``), ``network``,
``train``, ``check``.
"""

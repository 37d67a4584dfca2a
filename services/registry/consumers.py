"""What registry consumes: nothing yet; its facts come from its own counter."""

from services.chassis.consumers import Consumers

consumers = Consumers()

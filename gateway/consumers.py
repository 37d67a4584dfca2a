"""Events the gateway keeps small live state of."""

from services.chassis.consumers import Consumers

consumers = Consumers()

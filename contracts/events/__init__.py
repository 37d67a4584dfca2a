"""Every fact that travels through Kafka, by topic; the catalogue is `contracts.events.catalogue`."""

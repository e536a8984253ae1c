package dev.cockpitcoder.identity;

import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.spi.BeforeBeanDiscovery;
import jakarta.enterprise.inject.spi.Extension;

/** Begins to read the signing keys early in the deployment: deriving the key that opens them takes a while. */
public class KeysExtension implements Extension {
    void begin(@Observes BeforeBeanDiscovery event) {
        SigningKeys.prepare();
    }
}

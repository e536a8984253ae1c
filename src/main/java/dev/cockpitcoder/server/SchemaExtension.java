package dev.cockpitcoder.server;

import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.spi.BeforeBeanDiscovery;
import jakarta.enterprise.inject.spi.Extension;

import org.eclipse.microprofile.config.Config;
import org.eclipse.microprofile.config.ConfigProvider;

/** Begins to bring the schema up to date as early as there is a configuration; {@link Database} waits for it. */
public class SchemaExtension implements Extension {
    private final Ahead<Void> migration = new Ahead<>("schema", SchemaExtension::migrate);

    void begin(@Observes BeforeBeanDiscovery event) {
        migration.begin();
    }

    void await() {
        migration.get();
    }

    private static Void migrate() {
        Config config = ConfigProvider.getConfig();
        Database.migrations()
                .dataSource(
                        config.getValue("cockpit.database.url", String.class),
                        config.getOptionalValue("cockpit.database.user", String.class)
                                .orElse(""),
                        config.getOptionalValue("cockpit.database.password", String.class)
                                .orElse(""))
                .load()
                .migrate();
        return null;
    }
}

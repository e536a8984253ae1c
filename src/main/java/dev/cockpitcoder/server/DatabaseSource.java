package dev.cockpitcoder.server;

import jakarta.annotation.sql.DataSourceDefinition;

/**
 * The data source of the persistence unit. The container makes and pools it; {@link DerivedConfig} computes the values from
 * {@code DATABASE_URL} and {@code COCKPIT_HOME}.
 */
@DataSourceDefinition(
        name = DatabaseSource.JNDI_NAME,
        className = "${MPCONFIG=cockpit.database.class}",
        url = "${MPCONFIG=cockpit.database.url}",
        user = "${MPCONFIG=cockpit.database.user}",
        password = "${MPCONFIG=cockpit.database.password}",
        minPoolSize = 1,
        maxPoolSize = 16)
public final class DatabaseSource {
    /** Where the application looks the data source up. */
    public static final String JNDI_NAME = "java:app/jdbc/cockpit";

    private DatabaseSource() {}
}

package dev.cockpitcoder.server;

import javax.sql.DataSource;

import jakarta.annotation.PostConstruct;
import jakarta.annotation.Resource;
import jakarta.ejb.DependsOn;
import jakarta.ejb.Singleton;
import jakarta.ejb.Startup;
import jakarta.ejb.TransactionManagement;
import jakarta.ejb.TransactionManagementType;

import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;

/**
 * The schema, brought up to date before anything uses it. Every start-up bean that reads the database depends on this one.
 */
@Singleton
@Startup
@DependsOn("StartCheck")
@TransactionManagement(TransactionManagementType.BEAN)
public class Database {
    @Resource(lookup = DatabaseSource.JNDI_NAME)
    private DataSource source;

    @PostConstruct
    void open() {
        StartCheck.orExplain(() -> {
            try {
                migrate(source);
            } catch (FlywayException e) {
                throw new InvalidSetting(
                        "DATABASE_URL",
                        "names a database that cannot be opened or brought up to date: "
                                + e.getMessage().lines().findFirst().orElse(""),
                        e);
            }
        });
    }

    /** Runs the migrations under {@code db/migration}; what is already there is left alone. */
    public static void migrate(DataSource source) {
        Flyway.configure(Database.class.getClassLoader())
                .dataSource(source)
                .locations("classpath:db/migration")
                .load()
                .migrate();
    }
}

package dev.cockpitcoder.server;

import javax.sql.DataSource;

import jakarta.annotation.PostConstruct;
import jakarta.ejb.DependsOn;
import jakarta.ejb.Singleton;
import jakarta.ejb.Startup;
import jakarta.ejb.TransactionManagement;
import jakarta.ejb.TransactionManagementType;
import jakarta.inject.Inject;

import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;
import org.flywaydb.core.api.configuration.FluentConfiguration;

/**
 * The schema, brought up to date before anything uses it. Every start-up bean that reads the database depends on this one.
 */
@Singleton
@Startup
@DependsOn("StartCheck")
@TransactionManagement(TransactionManagementType.BEAN)
public class Database {
    @Inject
    private SchemaExtension schema;

    @PostConstruct
    void open() {
        StartCheck.orExplain(() -> {
            try {
                schema.await();
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
        migrations().dataSource(source).load().migrate();
    }

    static FluentConfiguration migrations() {
        return Flyway.configure(Database.class.getClassLoader()).locations("classpath:db/migration");
    }
}

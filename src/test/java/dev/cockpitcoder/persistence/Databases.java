package dev.cockpitcoder.persistence;

import java.io.IOException;
import java.util.Map;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Stream;
import javax.sql.DataSource;

import jakarta.persistence.EntityManager;
import jakarta.persistence.EntityManagerFactory;
import jakarta.persistence.Persistence;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import org.h2.jdbcx.JdbcDataSource;

import dev.cockpitcoder.server.Database;

/** The databases the persistence tests run on: H2 as shipped, and a real PostgreSQL started for this test run. */
public enum Databases {
    H2 {
        @Override
        DataSource fresh() {
            JdbcDataSource source = new JdbcDataSource();
            source.setURL("jdbc:h2:mem:" + UUID.randomUUID() + ";DB_CLOSE_DELAY=-1");
            return source;
        }
    },
    POSTGRESQL {
        @Override
        DataSource fresh() {
            return Postgres.SERVER.getPostgresDatabase();
        }
    };

    /** Started once, when first asked for; ended with this Java virtual machine. */
    private static final class Postgres {
        static final EmbeddedPostgres SERVER = start();

        private static EmbeddedPostgres start() {
            try {
                EmbeddedPostgres server = EmbeddedPostgres.builder().start();
                Runtime.getRuntime().addShutdownHook(new Thread(() -> stop(server)));
                return server;
            } catch (IOException e) {
                throw new IllegalStateException("PostgreSQL did not start", e);
            }
        }

        private static void stop(EmbeddedPostgres server) {
            try {
                server.close();
            } catch (IOException e) {
                throw new IllegalStateException("PostgreSQL did not stop", e);
            }
        }
    }

    abstract DataSource fresh();

    private EntityManagerFactory factory;

    /** The persistence unit of the application on this database, its schema made by the application's own migrations. */
    private synchronized EntityManagerFactory factory() {
        if (factory == null) {
            DataSource source = fresh();
            Database.migrate(source);
            factory = Persistence.createEntityManagerFactory(
                    "cockpit",
                    Map.of(
                            "jakarta.persistence.transactionType", "RESOURCE_LOCAL",
                            "jakarta.persistence.nonJtaDataSource", source,
                            "jakarta.persistence.jtaDataSource", "",
                            "eclipselink.logging.level", "WARNING"));
        }
        return factory;
    }

    /** Runs work in a transaction and commits it. */
    public <T> T inTransaction(Function<EntityManager, T> work) {
        try (EntityManager entities = factory().createEntityManager()) {
            entities.getTransaction().begin();
            try {
                T result = work.apply(entities);
                entities.getTransaction().commit();
                return result;
            } finally {
                if (entities.getTransaction().isActive()) {
                    entities.getTransaction().rollback();
                }
            }
        }
    }

    static Stream<Databases> all() {
        return Stream.of(values());
    }
}

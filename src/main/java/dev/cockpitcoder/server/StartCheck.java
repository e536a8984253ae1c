package dev.cockpitcoder.server;

import java.io.IOException;
import java.nio.channels.FileLock;
import java.util.function.Supplier;
import java.util.logging.Logger;

import jakarta.annotation.PostConstruct;
import jakarta.annotation.PreDestroy;
import jakarta.ejb.Singleton;
import jakarta.ejb.Startup;
import jakarta.enterprise.inject.Instance;
import jakarta.inject.Inject;

/** Checks this room's settings and takes the data directory for this server alone, before anything else starts. */
@Singleton
@Startup
public class StartCheck {
    /** Begins the one log line that says why the server cannot start; {@code run.sh} shows that line. */
    private static final String CANNOT_START = "COCKPIT CANNOT START: ";

    private static final Logger LOG = Logger.getLogger(StartCheck.class.getName());

    // an Instance: what goes wrong in making it goes wrong inside orExplain
    @Inject
    private Instance<DataDirectory> data;

    private FileLock lock;

    @PostConstruct
    void lock() {
        orExplain(() -> lock = data.get().lock());
    }

    @PreDestroy
    void unlock() {
        try {
            lock.channel().close();
        } catch (IOException e) {
            LOG.fine(() -> "the lock of the data directory was not closed: " + e);
        }
    }

    /** Runs a step of the start; when it fails, the log has one line that says what to change, and the deployment fails. */
    public static void orExplain(Runnable step) {
        explained(() -> {
            step.run();
            return null;
        });
    }

    /** As {@link #orExplain}, with a result. */
    public static <T> T explained(Supplier<T> step) {
        try {
            return step.get();
        } catch (RuntimeException e) {
            LOG.severe(CANNOT_START + explanation(e));
            throw e;
        }
    }

    private static String explanation(Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof InvalidSetting) {
                return cause.getMessage();
            }
        }
        return failure.toString();
    }
}

package dev.cockpitcoder.server;

import java.util.Map;
import java.util.Set;

import org.eclipse.microprofile.config.ConfigProvider;
import org.eclipse.microprofile.config.spi.ConfigSource;

/** Configuration that follows from other configuration; anything explicit wins over it. */
public class DerivedConfig implements ConfigSource {
    private static final String PREFIX = "cockpit.database.";

    @Override
    public Set<String> getPropertyNames() {
        return Set.of(PREFIX + "class", PREFIX + "url", PREFIX + "user", PREFIX + "password");
    }

    @Override
    public String getValue(String name) {
        if (!name.startsWith(PREFIX)) {
            return null;
        }
        Settings settings = new Settings(ConfigProvider.getConfig());
        // the container asks before any start-up bean can explain
        String url = StartCheck.explained(() -> url(settings));
        boolean postgres = url.startsWith("jdbc:postgresql:");
        return switch (name.substring(PREFIX.length())) {
            case "class" -> postgres ? "org.postgresql.ds.PGSimpleDataSource" : "org.h2.jdbcx.JdbcDataSource";
            case "url" -> url;
            case "user" -> settings.text("DATABASE_USER").orElse("cockpit");
            case "password" -> settings.text("DATABASE_PASSWORD").orElse(postgres ? "" : "cockpit");
            default -> null;
        };
    }

    private static String url(Settings settings) {
        String url = settings.text("DATABASE_URL").orElseGet(() -> h2Url(settings));
        if (!url.startsWith("jdbc:postgresql:") && !url.startsWith("jdbc:h2:")) {
            throw new InvalidSetting("DATABASE_URL", "must be a jdbc:postgresql://… URL, or unset");
        }
        return url;
    }

    /** WRITE_DELAY=0: what is committed survives a kill. DB_CLOSE_ON_EXIT: the container closes it, after the application. */
    private static String h2Url(Settings settings) {
        ServerConfig config = ServerConfig.read(settings.config());
        return "jdbc:h2:file:"
                + new DataDirectory(config.home()).directory("db").resolve("cockpit")
                + ";WRITE_DELAY=0;DB_CLOSE_ON_EXIT=FALSE";
    }

    @Override
    public Map<String, String> getProperties() {
        return Map.of();
    }

    @Override
    public int getOrdinal() {
        return 10;
    }

    @Override
    public String getName() {
        return "derived";
    }
}

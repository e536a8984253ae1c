package dev.cockpitcoder.server;

import java.util.Map;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class ServerConfigTest {
    @Test
    void unsetAndBlankMeanTheDefaults() {
        ServerConfig config = ServerConfig.read(new MapConfig(Map.of("PORT", " ", "HOST", "")));

        assertThat(config.port()).isEqualTo(8080);
        assertThat(config.host()).isEqualTo("127.0.0.1");
        assertThat(config.apiBase()).isEmpty();
        assertThat(config.home().toString()).endsWith("/.cockpit-coder");
    }

    @Test
    void aValueThatCannotBeUsedIsNamed() {
        Map<String, String> wrong =
                Map.of("PORT", "0", "API_BASE", "ftp://x", "WS_URL", "http://x", "COCKPIT_HOME", "a\0b");
        wrong.forEach((name, value) -> assertThatThrownBy(() -> ServerConfig.read(new MapConfig(Map.of(name, value))))
                .isInstanceOf(InvalidSetting.class)
                .hasMessageStartingWith(name + " "));
    }

    @Test
    void aSlashAtTheEndOfAnUrlIsDropped() {
        assertThat(ServerConfig.read(new MapConfig(Map.of("API_BASE", "https://c.example/")))
                        .apiBase())
                .hasToString("Optional[https://c.example]");
    }
}

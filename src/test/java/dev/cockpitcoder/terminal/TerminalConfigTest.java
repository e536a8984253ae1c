package dev.cockpitcoder.terminal;

import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

import org.eclipse.microprofile.config.Config;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import dev.cockpitcoder.process.Isolation;
import dev.cockpitcoder.server.InvalidSetting;
import dev.cockpitcoder.server.Settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class TerminalConfigTest {
    @Test
    void hasDefaults() {
        TerminalConfig config = read(Map.of());

        assertThat(config.logBytes()).isEqualTo(16 << 20);
        assertThat(config.maxPerSession()).isEqualTo(16);
        assertThat(config.maxInAll()).isEqualTo(200);
        assertThat(config.retention()).isEqualTo(Duration.ofMinutes(10));
        assertThat(config.environment()).isEqualTo(Map.of("LANG", "C.UTF-8"));
        assertThat(config.limits()).isEqualTo(new Limits(4096, Duration.ofDays(7), 100L << 30));
        assertThat(config.culling()).isEqualTo(Culling.OFF);
    }

    @Test
    void takesWhatIsSet() {
        TerminalConfig config = read(Map.of(
                "TERMINAL_SHELL", "/bin/sh",
                "TERMINAL_ENV", "EDITOR=vi, SSH_AUTH_SOCK, NOT_THERE",
                "SSH_AUTH_SOCK", "/run/agent",
                "TERMINAL_LANG", "C",
                "TERMINAL_PROCESSES_MAX", "0",
                "TERMINAL_OUTPUT_MAX_BYTES", "1000",
                "TERMINAL_CULL_NO_INPUT_SECONDS", "120"));

        assertThat(config.isolation()).isEqualTo(Isolation.NONE);
        assertThat(config.shell()).isEqualTo(Path.of("/bin/sh"));
        assertThat(config.limits()).isEqualTo(new Limits(0, Duration.ofDays(7), 1000));
        assertThat(config.culling()).isEqualTo(new Culling(Duration.ZERO, Duration.ofMinutes(2), Duration.ZERO));
        assertThat(config.environment()).isEqualTo(Map.of("LANG", "C", "EDITOR", "vi", "SSH_AUTH_SOCK", "/run/agent"));
    }

    @ParameterizedTest
    @CsvSource({
        "TERMINAL_ISOLATION, docker",
        "TERMINAL_SHELL, bash",
        "TERMINAL_SHELL, /no/such/shell",
        "TERMINAL_LOG_BYTES, 1",
        "TERMINAL_MAX, none",
        "TERMINAL_ENV, a-b=c",
        "TERMINAL_PROCESSES_MAX, -1",
        "TERMINAL_LIFETIME_SECONDS, 1 h",
        "TERMINAL_CULL_NO_VIEWER_SECONDS, 119"
    })
    void whatCannotBeUsedIsNamed(String name, String value) {
        assertThatExceptionOfType(InvalidSetting.class)
                .isThrownBy(() -> read(Map.of(name, value)))
                .withMessageStartingWith(name + " ");
    }

    private static TerminalConfig read(Map<String, String> set) {
        Map<String, String> values = new HashMap<>(Map.of("TERMINAL_ISOLATION", "none"));
        values.putAll(set);
        return TerminalConfig.read(new Settings(new MapConfig(values)));
    }

    private record MapConfig(Map<String, String> values) implements Config {
        @Override
        public <T> Optional<T> getOptionalValue(String name, Class<T> type) {
            return Optional.ofNullable(values.get(name)).map(type::cast);
        }

        @Override
        public <T> T getValue(String name, Class<T> type) {
            throw new UnsupportedOperationException();
        }

        @Override
        public org.eclipse.microprofile.config.ConfigValue getConfigValue(String name) {
            throw new UnsupportedOperationException();
        }

        @Override
        public Iterable<String> getPropertyNames() {
            return values.keySet();
        }

        @Override
        public Iterable<org.eclipse.microprofile.config.spi.ConfigSource> getConfigSources() {
            throw new UnsupportedOperationException();
        }

        @Override
        public <T> Optional<org.eclipse.microprofile.config.spi.Converter<T>> getConverter(Class<T> type) {
            return Optional.empty();
        }

        @Override
        public <T> T unwrap(Class<T> type) {
            throw new UnsupportedOperationException();
        }
    }
}

package dev.cockpitcoder.terminal;

import java.util.List;
import java.util.UUID;

import jakarta.json.JsonObject;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/** Several people at one shell. */
class ViewersTest extends ShellsTest {
    @Test
    void theSizeFollowsWhoTypesLast() throws Exception {
        FakeClient desk = v1("\"inputId\":\"the-desk\"");
        FakeClient phone = v1("\"inputId\":\"the-phone\"");
        resize(desk, 150, 40);
        desk.type(0, "echo ready-$((1+1))\r");
        desk.peer.until(() -> output().contains("ready-2"));

        resize(phone, 48, 30);
        phone.peer.until(() -> terminal().viewers().get(1).wantedSize() != null);
        assertThat(terminal().record().size()).isEqualTo(new TerminalSize(150, 40));

        phone.type(0, "stty size\r");
        desk.peer.until(() -> output().contains("30 48\r\n"));
        desk.peer.until(() -> desk.peer.awaitMessage("size").getInt("cols") == 48);

        desk.type(20, "stty size\r");
        phone.peer.until(() -> phone.peer.awaitMessage("size").getInt("cols") == 150);
    }

    @Test
    void aTextClientThatOpensDoesNotChangeTheSizeOfWhoTypes() throws Exception {
        FakeClient desk = v1("");
        resize(desk, 150, 40);
        desk.type(0, "echo ready-$((1+1))\r");
        desk.peer.until(() -> output().contains("ready-2"));

        FakeClient phone = text();
        phone.connection.text("{\"type\":\"resize\",\"cols\":48,\"rows\":30}");
        phone.connection.text("\u001b[?1;2c");
        assertThat(terminal().record().size()).isEqualTo(new TerminalSize(150, 40));
        desk.peer.until(() -> controllers(desk).equals(List.of(true, false)));

        phone.type("\u0015stty size\r");
        phone.peer.until(() -> phone.peer.text().contains("30 48\r\n"));
        assertThat(phone.peer.text()).doesNotContain("\"type\"");
    }

    @Test
    void everyoneIsToldWhoIsThereAndWhoIsInControl() throws Exception {
        FakeClient desk = v1("\"name\":\"Desk\"");
        FakeClient onlooker = v1("\"readOnly\":true");

        desk.peer.until(() -> last(desk).size() == 2);
        assertThat(last(desk).get(0).getString("name")).isEqualTo("Desk");
        assertThat(last(desk).get(0).getBoolean("you")).isTrue();
        assertThat(last(desk).get(1).getBoolean("you")).isFalse();
        assertThat(last(desk).get(1).getBoolean("readOnly")).isTrue();
        assertThat(controllers(desk)).containsExactly(false, false);

        desk.type(0, "#");
        onlooker.peer.until(() -> controllers(onlooker).equals(List.of(true, false)));
        assertThat(last(onlooker).get(1).getBoolean("you")).isTrue();

        desk.connection.gone();
        onlooker.peer.until(() -> last(onlooker).size() == 1);
    }

    @Test
    void controlIsTakenAndGivenBack() throws Exception {
        FakeClient desk = v1("");
        FakeClient phone = v1("");
        FakeClient onlooker = v1("\"readOnly\":true");
        resize(phone, 48, 30);
        resize(desk, 150, 40);
        desk.type(0, "#");

        phone.connection.text("{\"type\":\"control\",\"take\":true}");
        desk.peer.until(() -> controllers(desk).equals(List.of(false, true, false)));
        assertThat(terminal().record().size()).isEqualTo(new TerminalSize(48, 30));

        phone.connection.text("{\"type\":\"control\",\"take\":false}");
        desk.peer.until(() -> controllers(desk).equals(List.of(false, false, false)));

        onlooker.connection.text("{\"type\":\"control\",\"take\":true}");
        onlooker.connection.text("{\"type\":\"resize\",\"cols\":10,\"rows\":10}");
        onlooker.connection.text("{\"type\":\"drain\",\"policy\":\"lossless\"}");
        onlooker.peer.until(() -> onlooker.peer.messages("error").size() == 3);
        assertThat(onlooker.peer.awaitMessage("error").getString("code")).isEqualTo("READ_ONLY");
        assertThat(controllers(desk)).containsExactly(false, false, false);
    }

    @Test
    void aNewConnectionOfWhoIsInControlHasControl() throws Exception {
        String id = "\"inputId\":\"" + UUID.randomUUID() + "\"";
        FakeClient first = v1(id);
        first.type(0, "#");
        FakeClient other = v1("");

        FakeClient again = v1(id);
        again.peer.until(() -> controllers(again).equals(List.of(false, false, true)));
        first.connection.gone();
        other.peer.until(() -> controllers(other).equals(List.of(false, true)));
    }

    @Test
    void aNewConnectionThatOnlyLooksOnHasNoControl() throws Exception {
        String id = "\"inputId\":\"" + UUID.randomUUID() + "\"";
        FakeClient first = v1(id);
        first.type(0, "#");
        first.peer.until(() -> controllers(first).equals(List.of(true)));

        FakeClient again = v1(id + ",\"readOnly\":true");
        again.peer.until(() -> controllers(again).equals(List.of(true, false)));
    }

    @Test
    void theTitleAndTheBellAreTold() throws Exception {
        FakeClient first = v1("");
        first.type(0, "printf '\\033]2;a title\\007'; printf '\\a'; echo the-$((1+1))nd\r");
        assertThat(first.peer.awaitMessage("title").getString("title")).isEqualTo("a title");
        first.peer.awaitMessage("bell");

        FakeClient later = v1("\"tail\":0");
        assertThat(later.peer.awaitMessage("title").getString("title")).isEqualTo("a title");
        assertThat(later.peer.messages("bell")).isEmpty();
        assertThat(TerminalView.of(terminal()).title()).isEqualTo("a title");
    }

    private static void resize(FakeClient client, int cols, int rows) {
        client.connection.text("{\"type\":\"resize\",\"cols\":" + cols + ",\"rows\":" + rows + "}");
    }

    private static List<JsonObject> last(FakeClient client) throws Exception {
        return client.peer.awaitMessage("viewers").getJsonArray("viewers").getValuesAs(JsonObject.class);
    }

    private static List<Boolean> controllers(FakeClient client) throws Exception {
        return last(client).stream().map(viewer -> viewer.getBoolean("control")).toList();
    }
}

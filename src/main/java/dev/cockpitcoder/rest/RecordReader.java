package dev.cockpitcoder.rest;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.lang.annotation.Annotation;
import java.lang.reflect.Type;
import java.nio.charset.StandardCharsets;
import java.util.Map;

import jakarta.annotation.Priority;
import jakarta.json.Json;
import jakarta.json.JsonConfig;
import jakarta.json.JsonException;
import jakarta.json.JsonReader;
import jakarta.json.JsonReaderFactory;
import jakarta.json.JsonStructure;
import jakarta.json.JsonValue;
import jakarta.json.stream.JsonParser;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.Priorities;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.MultivaluedMap;
import jakarta.ws.rs.ext.MessageBodyReader;
import jakarta.ws.rs.ext.Provider;

import dev.cockpitcoder.problem.ProblemCode;
import dev.cockpitcoder.problem.ProblemException;

/**
 * Reads a JSON object into a record, strictly (RFC 8259): a member that is unknown, doubled or of another type is refused by name.
 * JSON-B would turn numbers into strings and drop what it does not know.
 */
@Provider
@Priority(Priorities.USER - 1000)
@Consumes({MediaType.APPLICATION_JSON, "application/*+json"})
public class RecordReader implements MessageBodyReader<Record> {
    private static final JsonReaderFactory STRICT =
            Json.createReaderFactory(Map.of(JsonConfig.KEY_STRATEGY, JsonConfig.KeyStrategy.NONE));

    @Override
    public boolean isReadable(Class<?> type, Type generic, Annotation[] annotations, MediaType mediaType) {
        return type.isRecord();
    }

    @Override
    public Record readFrom(
            Class<Record> type,
            Type generic,
            Annotation[] annotations,
            MediaType mediaType,
            MultivaluedMap<String, String> headers,
            InputStream body)
            throws IOException {
        return RecordBinding.bind(type, parse(body));
    }

    private static JsonValue parse(InputStream body) throws IOException {
        byte[] bytes = body.readAllBytes();
        try (JsonReader reader = STRICT.createReader(new ByteArrayInputStream(bytes), StandardCharsets.UTF_8)) {
            JsonStructure value = reader.read();
            requireEnd(bytes);
            return value;
        } catch (JsonException | IllegalStateException e) {
            if (e.getCause() instanceof ProblemException problem) {
                throw problem;
            }
            throw new ProblemException(ProblemCode.BAD_REQUEST, "The body is not well-formed JSON.", e);
        } catch (ProblemException e) {
            throw e;
        } catch (RuntimeException e) {
            // the parser's own limits, such as its depth, come as plain runtime exceptions
            throw new ProblemException(ProblemCode.BAD_REQUEST, "The body is not JSON this server accepts.", e);
        }
    }

    /** The reader stops after the first value, whatever follows it. */
    private static void requireEnd(byte[] bytes) {
        try (JsonParser parser = Json.createParser(new ByteArrayInputStream(bytes))) {
            if (parser.next() == JsonParser.Event.START_OBJECT) {
                parser.skipObject();
            } else {
                parser.skipArray();
            }
            if (parser.hasNext()) {
                throw new JsonException("something follows the value");
            }
        }
    }
}

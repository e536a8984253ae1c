package dev.cockpitcoder.rest;

import java.io.InputStream;
import java.lang.annotation.Annotation;
import java.lang.reflect.Type;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.NoSuchElementException;

import jakarta.annotation.Priority;
import jakarta.json.Json;
import jakarta.json.JsonConfig;
import jakarta.json.JsonException;
import jakarta.json.JsonValue;
import jakarta.json.stream.JsonParser;
import jakarta.json.stream.JsonParserFactory;
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
    private static final JsonParserFactory STRICT =
            Json.createParserFactory(Map.of(JsonConfig.KEY_STRATEGY, JsonConfig.KeyStrategy.NONE));

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
            InputStream body) {
        return RecordBinding.bind(type, parse(body));
    }

    private static JsonValue parse(InputStream body) {
        try (JsonParser parser = STRICT.createParser(body, StandardCharsets.UTF_8)) {
            parser.next();
            JsonValue value = parser.getValue();
            if (parser.hasNext()) {
                throw new JsonException("something follows the value");
            }
            return value;
        } catch (JsonException | IllegalStateException | NoSuchElementException e) {
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
}

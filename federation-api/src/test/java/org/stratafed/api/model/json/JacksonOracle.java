package org.stratafed.api.model.json;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadFeature;
import java.io.IOException;
import java.io.UncheckedIOException;

/// What Jackson takes for JSON, set to be strict. It knows nothing of this package.
final class JacksonOracle {

    private static final JsonFactory FACTORY =
            JsonFactory.builder()
                    .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                    .disable(JsonFactory.Feature.CHARSET_DETECTION)
                    .build();

    private JacksonOracle() {}

    /// Of well-formed UTF-8; of other text Jackson accepts some.
    static boolean accepts(byte[] text) {
        try (JsonParser parser = FACTORY.createParser(text)) {
            int depth = 0;
            int values = 0;
            for (JsonToken token; (token = parser.nextToken()) != null; ) {
                if (depth == 0) {
                    values++;
                }
                depth += token.isStructStart() ? 1 : token.isStructEnd() ? -1 : 0;
            }
            return values == 1 && depth == 0;
        } catch (JsonProcessingException refused) {
            // It is alone in refusing a lone surrogate in a key.
            return refused.getMessage().contains("surrogate in field name");
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
    }
}

package dk.sporlos.http;

import io.netty.buffer.Unpooled;
import io.netty.handler.codec.http.DefaultFullHttpRequest;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.multipart.Attribute;
import io.netty.handler.codec.http.multipart.DefaultHttpDataFactory;
import io.netty.handler.codec.http.multipart.HttpPostRequestDecoder;
import io.netty.handler.codec.http.multipart.InterfaceHttpData;
import io.vertx.core.buffer.Buffer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Bodies that are forms: {@code application/x-www-form-urlencoded} or {@code multipart/form-data}.
 */
public final class FormBody {
  private FormBody() {}

  /** Whether a content type is one of a form. */
  public static boolean is(String contentType) {
    return contentType.startsWith("application/x-www-form-urlencoded")
        || contentType.startsWith("multipart/form-data");
  }

  /**
   * The fields of a form; of several with one name the last, and no files.
   *
   * @throws IllegalArgumentException if the body is no such form
   */
  public static Map<String, String> fields(String contentType, Buffer body) {
    DefaultFullHttpRequest request =
        new DefaultFullHttpRequest(
            HttpVersion.HTTP_1_1, HttpMethod.POST, "/", Unpooled.wrappedBuffer(body.getBytes()));
    request.headers().set(HttpHeaderNames.CONTENT_TYPE, contentType);
    HttpPostRequestDecoder decoder = null;
    try {
      // In memory alone: a body is no longer than its reader allowed.
      decoder = new HttpPostRequestDecoder(new DefaultHttpDataFactory(false), request);
      return fields(decoder);
    } catch (HttpPostRequestDecoder.ErrorDataDecoderException
        | HttpPostRequestDecoder.TooManyFormFieldsException
        | HttpPostRequestDecoder.TooLongFormFieldException unreadable) {
      throw new IllegalArgumentException("the body is no form");
    } finally {
      if (decoder != null) {
        decoder.destroy();
      }
    }
  }

  private static Map<String, String> fields(HttpPostRequestDecoder decoder) {
    Map<String, String> fields = new LinkedHashMap<>();
    for (InterfaceHttpData data : decoder.getBodyHttpDatas()) {
      if (data instanceof Attribute attribute) {
        try {
          fields.put(attribute.getName(), attribute.getValue());
        } catch (IOException impossible) {
          throw new UncheckedIOException("fields are kept in memory", impossible);
        }
      }
    }
    return fields;
  }
}

package dk.sporlos.door;

import java.io.DataOutput;
import java.io.IOException;
import java.nio.ByteBuffer;

/**
 * Something that is held in memory alone, and that the successor of this process has to know, lest
 * it takes who returns for somebody new.
 */
public interface Memory {

  /** By which the successor finds it; the same in every version. */
  String name();

  /** Of the form in which it is written. What is of another version is dropped. */
  int version();

  /** Writes all of it. Nothing may be under way that changes it. */
  void writeTo(DataOutput out) throws IOException;

  /**
   * Reads what a predecessor wrote, and changes nothing yet.
   *
   * @param in holds it and nothing else; may be damaged
   * @return takes it over
   * @throws RuntimeException if it is not what could have been written: any, also {@link
   *     java.nio.BufferUnderflowException}
   */
  Runnable read(ByteBuffer in);
}

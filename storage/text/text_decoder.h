#pragma once

#include <string>
#include <string_view>

#include "core/result.h"

namespace sohoa {

enum class TextEncoding {
  utf8,
  /// Vietnamese Windows: base letters and combining marks, which only together make a letter.
  windows1258,
};

/// A text that is not UTF-8: where, and what that line would be as Windows-1258, for a person to
/// judge. Its cause is registerFormat.
struct EncodingError : BatchError {
  EncodingError(int where, std::string asWindows1258, const std::string& detail)
      : BatchError(Cause::registerFormat, detail), line(where), preview(std::move(asWindows1258)) {}
  int line;             ///< from 1
  std::string preview;  ///< UTF-8, composed
};

/// Brings a text to UTF-8, piece by piece, and proves it. A byte order mark is taken off. Composing
/// (NFC) is left to whoever takes the fields apart.
class TextDecoder {
 public:
  explicit TextDecoder(TextEncoding encoding) : encoding_(encoding) {}
  /// `last`: the text ends with this piece. Throws EncodingError, or BatchError(registerFormat) for
  /// UTF-16 and for what is no text.
  std::string decode(std::string_view piece, bool last);

 private:
  std::string proveUtf8(std::string text, bool last);
  [[noreturn]] void refuseLine(const std::string& line) const;

  TextEncoding encoding_;
  bool begun_ = false;
  int line_ = 1;
  std::string rest_;       ///< a character that the piece before did not end
  std::string lineSoFar_;  ///< bytes of the line under way, of earlier pieces
};

/// One text whole; bytes that Windows-1258 does not have become U+FFFD.
std::string fromWindows1258(std::string_view text);
/// Unicode normal form C.
std::string composed(const std::string& text);

}  // namespace sohoa

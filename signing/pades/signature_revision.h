#pragma once

#include <cstddef>
#include <string>
#include <string_view>

#include "pdf/structure/incremental.h"
#include "signing/pades/incremental_output.h"

namespace sohoa {

/// Text of a signature dictionary with space reserved for /ByteRange and /Contents (ISO
/// 32000-1:2008, 12.8.1, table 252).
class SignatureDictionary {
 public:
  /// `contentBytes`: space reserved for the signature value, in bytes.
  SignatureDictionary(std::string_view type, std::string_view subFilter, std::size_t contentBytes);
  /// Adds an entry; call it before text().
  void add(std::string_view key, const PdfValue& value);
  std::string text() const { return text_ + ">>"; }

  std::size_t range = 0;     ///< offset of the four numbers in text()
  std::size_t contents = 0;  ///< offset of '<' in text()
  std::size_t digits = 0;    ///< number of digits between '<' and '>'

 private:
  std::string text_;
};

/// One revision with a signature dictionary, rendered and hashed; embed() puts in the signature
/// value.
class SignatureRevision {
 public:
  /// `update` must already contain `dictionary` under `reference`. Throws PdfSyntaxError when the
  /// file is too big for a byte range.
  SignatureRevision(const IncrementalOutput& file, const IncrementalUpdate& update,
                    const SignatureDictionary& dictionary, PdfRef reference);

  const std::string& digest() const { return digest_; }            ///< of the byte range
  std::size_t room() const { return (afterGap_ - gap_ - 2) / 2; }  ///< for the value, in bytes
  /// Puts in the value, which must not be longer than room().
  void embed(std::string_view value);
  const std::string& bytes() const { return bytes_; }
  /// Decoded /Contents with its padding: /VRI names a signature by its digest.
  std::string contents() const;

 private:
  std::string bytes_, digest_, value_;
  std::size_t gap_ = 0, afterGap_ = 0;
};

}  // namespace sohoa

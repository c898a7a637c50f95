#pragma once

#include <cstddef>
#include <string>
#include <string_view>

#include "pdf/structure/incremental.h"
#include "signing/pades/incremental_output.h"

namespace sohoa {

/// The text of a signature dictionary with room for /ByteRange and /Contents (ISO 32000-1:2008,
/// 12.8.1, table 252).
class SignatureDictionary {
 public:
  /// `contentBytes`: reserved for the signature value.
  SignatureDictionary(std::string_view type, std::string_view subFilter, std::size_t contentBytes);
  /// More entries, before text() is used.
  void add(std::string_view key, const PdfValue& value);
  std::string text() const { return text_ + ">>"; }

  std::size_t range = 0;     ///< offset in text of the four numbers
  std::size_t contents = 0;  ///< offset in text of '<'
  std::size_t digits = 0;    ///< between '<' and '>'

 private:
  std::string text_;
};

/// One revision with a signature dictionary, rendered and hashed; the signature value is still to
/// be put in.
class SignatureRevision {
 public:
  /// `dictionary` must have been put into the update under `reference`. Throws PdfSyntaxError when
  /// the file is too big for a byte range.
  SignatureRevision(const IncrementalOutput& file, const IncrementalUpdate& update,
                    const SignatureDictionary& dictionary, PdfRef reference);

  const std::string& digest() const { return digest_; }            ///< of the byte range
  std::size_t room() const { return (afterGap_ - gap_ - 2) / 2; }  ///< for the value, in bytes
  /// Puts in the value, which must fit.
  void embed(std::string_view value);
  const std::string& bytes() const { return bytes_; }
  /// /Contents decoded, with its padding: what /VRI names a signature by.
  std::string contents() const;

 private:
  std::string bytes_, digest_, value_;
  std::size_t gap_ = 0, afterGap_ = 0;
};

}  // namespace sohoa

#pragma once

#include <filesystem>
#include <memory>
#include <string>
#include <string_view>

#include "core/result.h"
#include "pdf/structure/incremental.h"

namespace sohoa {

/// A TrueType font for a few lines of visible text, embedded as the glyphs used (CIDFontType2,
/// Identity-H, with ToUnicode and CIDSet, as ISO 19005-1:2005, 6.3 asks). Not thread-safe.
class EmbeddedFont {
 public:
  /// Cause documentNotSigned when the font cannot be read or has no TrueType outlines.
  static Result<EmbeddedFont> open(const std::filesystem::path& font);
  ~EmbeddedFont();
  EmbeddedFont(EmbeddedFont&&) noexcept;
  EmbeddedFont& operator=(EmbeddedFont&&) noexcept;

  /// Width of a line in thousandths of the font size.
  double widthOf(std::string_view utf8) const;
  /// True when the font has every character of the text.
  bool covers(std::string_view utf8) const;
  /// The text will be shown: its glyphs are kept.
  void use(std::string_view utf8);
  /// Highest and lowest extent, thousandths of the font size (lowest is negative).
  double ascent() const;
  double descent() const;

  /// Cuts the font down to what use() was told and adds its objects; gives the font dictionary.
  PdfRef addTo(IncrementalUpdate& update);
  /// Operand of Tj for a text given to use(), after addTo().
  std::string show(std::string_view utf8) const;

 private:
  struct State;
  explicit EmbeddedFont(std::unique_ptr<State> state);
  std::unique_ptr<State> state_;
};

}  // namespace sohoa

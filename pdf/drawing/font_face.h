#pragma once

#include <cstdint>
#include <filesystem>
#include <map>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "core/result.h"

namespace sohoa {

/// A glyph of a line of text.
struct ShapedGlyph {
  std::uint32_t id = 0;
  int advance = 0;     ///< font units
  std::string source;  ///< the text it stands for, UTF-8; empty behind the first of a cluster
};

/// A font cut down to some glyphs, ready to be put into a PDF.
struct FontSubset {
  std::string name;     ///< with the tag of six letters (ISO 32000-1:2008, 9.6.4)
  std::string program;  ///< TrueType, deflated
  std::size_t programBytes = 0;
  std::string cidSet, unicode;                    ///< /CIDSet and /ToUnicode, deflated
  std::string widths;                             ///< of every CID from 0 on, thousandths
  std::map<std::uint32_t, std::uint32_t> glyphs;  ///< whole font -> subset
};

/// A TrueType font file, opened once for the whole process, with the subsets it was cut down to: a
/// batch shows the same few letters thousands of times. Thread-safe.
class FontFace {
 public:
  /// The file as it is now; a file that has changed since is opened again.
  /// Cause documentNotSigned when it cannot be read or has no TrueType outlines.
  static Result<std::shared_ptr<const FontFace>> open(const std::filesystem::path& file);
  ~FontFace();
  FontFace(const FontFace&) = delete;
  FontFace& operator=(const FontFace&) = delete;

  std::vector<ShapedGlyph> shape(std::string_view utf8) const;
  /// `used`: by glyph of the whole font. Made once for the same glyphs.
  std::shared_ptr<const FontSubset> subset(const std::map<std::uint32_t, ShapedGlyph>& used) const;

  double thousandths(int units) const { return units * 1000.0 / unitsPerEm_; }
  int ascent() const { return ascent_; }    ///< font units, as all that follow
  int descent() const { return descent_; }  ///< negative
  int capHeight() const { return capHeight_; }
  const int (&box() const)[4] { return box_; }

 private:
  struct State;
  explicit FontFace(std::unique_ptr<State> state);
  FontSubset cut(const std::map<std::uint32_t, ShapedGlyph>& used) const;

  std::unique_ptr<State> state_;
  int unitsPerEm_ = 1000, ascent_ = 0, descent_ = 0, capHeight_ = 0;
  int box_[4] = {};
};

}  // namespace sohoa

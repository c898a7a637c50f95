#pragma once

#include <memory>
#include <string>
#include <vector>

#include "samples/drawing/page.h"

typedef struct _PangoContext PangoContext;
typedef struct _PangoFontMap PangoFontMap;

namespace sohoa::samples {

enum class Align { left, centre, right, justify };

struct TextStyle {
  double size = 13;
  bool bold = false;
  bool italic = false;
  Align align = Align::left;
  double indent = 0;         ///< of the first line
  double lineSpacing = 1.0;  ///< factor
  double letterSpacing = 0;
};

/// Lines of one text block, placed relative to the block's top left corner.
struct TextBlock {
  std::vector<Line> lines;
  std::vector<double> tops;     ///< of each line
  std::vector<double> bottoms;  ///< of each line, spacing included
  double height = 0;
  double widest = 0;
};

/// Sets text with Pango in fonts named by file, so that the fonts and the settings of the machine
/// do not matter. One thread at a time.
class Typesetter {
 public:
  /// Throws std::runtime_error naming the first font file (and its Debian package) that is missing.
  Typesetter();
  ~Typesetter();
  Typesetter(const Typesetter&) = delete;
  Typesetter& operator=(const Typesetter&) = delete;

  TextBlock set(const std::string& markup, double width, const TextStyle& style) const;
  /// A layout in one of the pen fonts, for what is not printed text.
  std::shared_ptr<PangoLayout> pen(const std::string& text, const std::string& family,
                                   double size) const;

 private:
  PangoFontMap* map_ = nullptr;
  PangoContext* context_ = nullptr;
};

/// Fonts with a hand of their own; `kStampFamilies` suit the decorative name stamp.
extern const std::vector<std::string> kPenFamilies;
extern const std::vector<std::string> kStampFamilies;

}  // namespace sohoa::samples

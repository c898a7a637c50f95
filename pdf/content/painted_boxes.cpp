#include "pdf/content/painted_boxes.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <list>
#include <map>
#include <optional>

#include "pdf/content/font_widths.h"
#include "pdf/content/image_mask.h"
#include "pdf/content/matrix.h"

namespace sohoa {
namespace {

using Kind = PdfValue::Kind;

constexpr int kMaxOperators = 2'000'000, kMaxForms = 200, kMaxDepth = 8;
constexpr std::size_t kMaxFonts = 300, kMaxBoxes = 200'000, kMaxOperands = 1000, kMaxSaved = 200;
/// A line wider than this, in points, can hide a letter.
constexpr double kThick = 2;
constexpr double kNarrow = 0.2;  ///< a narrow letter in its size
/// From here on a colour is that of paper: letters in it serve to hide.
constexpr double kPale = 0.8;

struct Font {
  FontWidths widths;
  bool drawn = false;  ///< Type 3: its letters are drawings, of anything
};

struct State {
  Matrix matrix{1, 0, 0, 1, 0, 0};
  double size = 0, scale = 1, leading = 0, rise = 0, line = 1, letterSpace = 0, wordSpace = 0;
  int mode = 0;
  bool pale = false;    ///< the colour that fills, or one that is not known
  bool tinted = false;  ///< its numbers say little of how it looks
  const Font* font = nullptr;
};

class PaintedBoxCollector {
 public:
  PaintedBoxCollector(const PdfRevisions& file, std::size_t section)
      : file_(file), section_(section) {}

  void run(const std::string& content, const PdfValue& resources, int depth) {
    const std::size_t outer = base_, base = base_ = saved_.size();
    std::size_t at = 0;
    std::vector<PdfValue> operands;
    for (;;) {
      PdfLexer lexer(content, at);
      lexer.skipSpace();
      at = lexer.at();
      if (at >= content.size()) break;
      const char c = content[at];
      const bool word = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '\'' || c == '"';
      if (!word || isValueWord(content, at)) {
        if (operands.size() > kMaxOperands) throw PdfSyntaxError("too many operands", at);
        operands.push_back(lexer.value());
        at = lexer.at();
        continue;
      }
      std::size_t end = at;
      while (end < content.size() && !isPdfSpace(content[end]) && !isPdfDelimiter(content[end])) {
        ++end;
      }
      const std::string_view op = std::string_view(content).substr(at, end - at);
      at = end;
      if (++operators_ > kMaxOperators) throw PdfSyntaxError("content too long", at);
      if (op == "BI") {
        at = afterInlineImage(content, at);
      } else {
        perform(op, operands, resources, depth);
      }
      operands.clear();
    }
    saved_.resize(std::min(saved_.size(), base));
    base_ = outer;
  }

  std::vector<PaintedBox> boxes;

 private:
  static bool isValueWord(std::string_view content, std::size_t at) {
    for (const std::string_view word : {"true", "false", "null"}) {
      const std::size_t end = at + word.size();
      if (content.substr(at, word.size()) == word &&
          (end >= content.size() || isPdfSpace(content[end]) || isPdfDelimiter(content[end]))) {
        return true;
      }
    }
    return false;
  }

  std::size_t afterInlineImage(std::string_view content, std::size_t at) {
    paintUnitSquare(PaintedBox::What::image, true);
    for (at = content.find("EI", at); at != std::string_view::npos;
         at = content.find("EI", at + 1)) {
      const bool alone = at > 0 && isPdfSpace(content[at - 1]) &&
                         (at + 2 >= content.size() || isPdfSpace(content[at + 2]));
      if (alone) return at + 2;
    }
    throw PdfSyntaxError("inline image without an end", 0);
  }

  void perform(std::string_view op, const std::vector<PdfValue>& operands,
               const PdfValue& resources, int depth) {
    const auto number = [&](std::size_t i) {
      return i < operands.size() ? operands[i].number() : 0.0;
    };
    const auto matrix = [&] {
      return Matrix{number(0), number(1), number(2), number(3), number(4), number(5)};
    };
    if (op == "q") {
      if (saved_.size() >= kMaxSaved) throw PdfSyntaxError("content nested too deeply", 0);
      saved_.push_back(state_);
    } else if (op == "Q") {
      if (saved_.size() > base_) {
        state_ = saved_.back();
        saved_.pop_back();
      }
    } else if (op == "cm") {
      state_.matrix = multiplied(matrix(), state_.matrix);
    } else if (op == "BT") {
      line_ = text_ = {1, 0, 0, 1, 0, 0};
    } else if (op == "Tm") {
      line_ = text_ = matrix();
    } else if (op == "Td" || op == "TD") {
      if (op == "TD") state_.leading = -number(1);
      nextLine(number(0), number(1));
    } else if (op == "T*") {
      nextLine(0, -state_.leading);
    } else if (op == "Tf") {
      state_.size = number(1);
      if (!operands.empty()) state_.font = fontNamed(operands.front().text, resources);
    } else if (op == "w") {
      state_.line = number(0);
    } else if (op == "gs") {
      if (!operands.empty()) useState(operands.front().text, resources);
    } else if (op == "Tc") {
      state_.letterSpace = number(0);
    } else if (op == "Tw") {
      state_.wordSpace = number(0);
    } else if (op == "cs") {
      state_.tinted = operands.empty() || isTinted(operands.front().text, resources);
      state_.pale = state_.tinted;  // else its first colour is black
    } else if (op == "g" || op == "rg" || op == "k") {
      state_.tinted = false;
      state_.pale = isPale(operands);
    } else if (op == "sc" || op == "scn") {
      state_.pale = state_.tinted || isPale(operands);
    } else if (op == "Tz") {
      state_.scale = number(0) / 100;
    } else if (op == "TL") {
      state_.leading = number(0);
    } else if (op == "Ts") {
      state_.rise = number(0);
    } else if (op == "Tr") {
      state_.mode = static_cast<int>(number(0));
    } else if (op == "Tj" || op == "TJ") {
      if (!operands.empty()) show(operands.back());
    } else if (op == "'" || op == "\"") {
      nextLine(0, -state_.leading);
      if (!operands.empty()) show(operands.back());
    } else if (op == "Do") {
      if (!operands.empty()) draw(operands.back().text, resources, depth);
    } else if (op == "sh") {
      boxes.push_back({PaintedBox::What::path, true, -1e6, -1e6, 1e6, 1e6});
    } else {
      path(op, operands);
    }
  }

  /// A colour space whose numbers are not amounts of light or of the four inks.
  bool isTinted(const std::string& name, const PdfValue& resources) const {
    if (name.starts_with("Device")) return false;
    const PdfValue spaces = file_.get(resources, "ColorSpace", section_);
    const PdfValue space = file_.get(spaces, name, section_);
    if (space.items.empty()) return true;
    const PdfValue family = file_.resolve(space.items[0], section_);
    return !family.isName("ICCBased") && !family.isName("CalRGB") && !family.isName("CalGray");
  }

  static bool isPale(const std::vector<PdfValue>& operands) {
    const bool numbers = std::all_of(operands.begin(), operands.end(),
                                     [](const PdfValue& each) { return each.isNumber(); });
    if (!numbers || operands.empty() || operands.size() > 4) return true;  // a pattern
    const bool inks = operands.size() == 4;
    return std::all_of(operands.begin(), operands.end(), [&](const PdfValue& each) {
      return inks ? each.number() < 1 - kPale : each.number() > kPale;
    });
  }

  const Font* fontNamed(const std::string& name, const PdfValue& resources) {
    const PdfValue fonts = file_.get(resources, "Font", section_);
    const PdfValue* font = fonts.find(name);
    if (font == nullptr) return nullptr;
    // One given where it is used has no number to be remembered by.
    const std::uint32_t number = font->is(Kind::reference) ? font->reference.number : 0;
    const auto known = fonts_.find(number);
    if (number != 0 && known != fonts_.end()) return &known->second;
    if (direct_.size() + fonts_.size() >= kMaxFonts) throw PdfSyntaxError("too many fonts", 0);
    const PdfValue dictionary = file_.resolve(*font, section_);
    Font read{FontWidths(file_, dictionary), file_.get(dictionary, "Subtype").isName("Type3")};
    if (number != 0) return &fonts_.emplace(number, std::move(read)).first->second;
    return &direct_.emplace_back(std::move(read));
  }

  /// What a graphics state changes of lines and letters (8.4.5).
  void useState(const std::string& name, const PdfValue& resources) {
    const PdfValue states = file_.get(resources, "ExtGState", section_);
    const PdfValue state = file_.get(states, name, section_);
    const PdfValue line = file_.get(state, "LW", section_);
    if (line.isNumber()) state_.line = line.number();
    // A font without a name: its letters may be anything.
    if (state.find("Font") != nullptr) state_.pale = true;
  }

  double points(double length) const {
    const Matrix& m = state_.matrix;
    return length * std::sqrt(std::abs(m[0] * m[3] - m[1] * m[2]));
  }

  void nextLine(double x, double y) {
    line_ = multiplied({1, 0, 0, 1, x, y}, line_);
    text_ = line_;
  }

  void show(const PdfValue& what) {
    if (what.is(Kind::array)) {
      for (const PdfValue& item : what.items) show(item);
    } else if (what.isNumber()) {
      advance(-what.number() / 1000 * state_.size * state_.scale);
    } else if (what.is(Kind::string)) {
      static const Font unknown;
      const FontWidths::Extent extent =
          (state_.font != nullptr ? *state_.font : unknown).widths.of(what.text);
      const double width = (extent.width / 1000 * state_.size + extent.codes * state_.letterSpace +
                            extent.spaces * state_.wordSpace) *
                           state_.scale;
      // Letters are there whatever the font says of their widths.
      const double seen = std::max(width, extent.codes * kNarrow * state_.size * state_.scale);
      const bool blank =
          what.text.find_first_not_of(std::string_view(" \0", 2)) == std::string::npos;
      if (!blank && state_.mode != 3 && state_.mode != 7) {
        const Matrix all = multiplied(text_, state_.matrix);
        addBox(all, 0, state_.rise - 0.25 * state_.size, seen, state_.rise + 0.9 * state_.size,
               PaintedBox::What::text, lettersHide());
      }
      advance(width);
    }
  }
  /// Letters of their own drawing, in the colour of paper, or with thick outlines.
  bool lettersHide() const {
    const bool outlined =
        state_.mode == 1 || state_.mode == 2 || state_.mode == 5 || state_.mode == 6;
    return state_.pale || (state_.font != nullptr && state_.font->drawn) ||
           (outlined && points(state_.line) > kThick);
  }
  void advance(double width) { text_ = multiplied({1, 0, 0, 1, width, 0}, text_); }

  void path(std::string_view op, const std::vector<PdfValue>& operands) {
    if (op == "re" && operands.size() >= 4) {
      const double x = operands[0].number(), y = operands[1].number();
      const double right = x + operands[2].number(), top = y + operands[3].number();
      point(x, y), point(right, y), point(right, top), point(x, top), point(x, y);
    } else if (op == "m" || op == "l" || op == "c" || op == "v" || op == "y") {
      for (std::size_t i = 0; i + 1 < operands.size(); i += 2) {
        point(operands[i].number(), operands[i + 1].number());
      }
    } else if (op == "n" || op == "S" || op == "s" || op == "f" || op == "F" || op == "f*" ||
               op == "B" || op == "B*" || op == "b" || op == "b*") {
      const bool strokes = op == "S" || op == "s";
      if (path_ && op != "n") {
        path_->what = PaintedBox::What::path;
        path_->opaque = !strokes;
        push(*path_);
        if (strokes && points(state_.line) > kThick) pushLines();
      }
      path_.reset();
      corners_.clear();
    }
  }

  /// Thick lines as bars between the points of the path, in the order in which they were met.
  void pushLines() {
    const double half = points(state_.line) / 2;
    for (std::size_t i = 1; i < corners_.size(); ++i) {
      const auto& [ax, ay] = corners_[i - 1];
      const auto& [bx, by] = corners_[i];
      push({PaintedBox::What::path, true, std::min(ax, bx) - half, std::min(ay, by) - half,
            std::max(ax, bx) + half, std::max(ay, by) + half});
    }
  }

  void point(double x, double y) {
    const Matrix& m = state_.matrix;
    const double px = m[0] * x + m[2] * y + m[4], py = m[1] * x + m[3] * y + m[5];
    if (!path_) path_ = PaintedBox{PaintedBox::What::path, false, px, py, px, py};
    if (corners_.size() < kMaxBoxes) corners_.emplace_back(px, py);
    path_->left = std::min(path_->left, px), path_->right = std::max(path_->right, px);
    path_->bottom = std::min(path_->bottom, py), path_->top = std::max(path_->top, py);
  }

  void addBox(const Matrix& m, double left, double bottom, double right, double top,
              PaintedBox::What what, bool opaque) {
    PaintedBox box{what, opaque, 1e9, 1e9, -1e9, -1e9};
    for (const double x : {left, right}) {
      for (const double y : {bottom, top}) {
        const double px = m[0] * x + m[2] * y + m[4], py = m[1] * x + m[3] * y + m[5];
        box.left = std::min(box.left, px), box.right = std::max(box.right, px);
        box.bottom = std::min(box.bottom, py), box.top = std::max(box.top, py);
      }
    }
    push(box);
  }

  void push(const PaintedBox& box) {
    if (boxes.size() >= kMaxBoxes) throw PdfSyntaxError("content too long", 0);
    boxes.push_back(box);
  }
  void paintUnitSquare(PaintedBox::What what, bool opaque) {
    addBox(state_.matrix, 0, 0, 1, 1, what, opaque);
  }

  void draw(const std::string& name, const PdfValue& resources, int depth) {
    const PdfValue objects = file_.get(resources, "XObject", section_);
    const PdfValue* reference = objects.find(name);
    if (reference == nullptr || !reference->is(Kind::reference)) return;
    const PdfObject object = file_.object(reference->reference, section_);
    const PdfValue kind = file_.get(object.value, "Subtype", section_);
    if (kind.isName("Image")) {
      const auto known = images_.find(reference->reference.number);
      const bool hides =
          known != images_.end()
              ? known->second
              : images_.emplace(reference->reference.number, imageHides(file_, section_, object))
                    .first->second;
      return paintUnitSquare(PaintedBox::What::image, hides);
    }
    if (!kind.isName("Form")) return;
    if (depth >= kMaxDepth || ++forms_ > kMaxForms) throw PdfSyntaxError("too many forms", 0);
    const State before = state_;
    const PdfValue own = file_.get(object.value, "Matrix", section_);
    if (own.items.size() == 6) {
      Matrix m{};
      for (std::size_t i = 0; i < 6; ++i) m[i] = file_.resolve(own.items[i], section_).number();
      state_.matrix = multiplied(m, state_.matrix);
    }
    const PdfValue inner = file_.get(object.value, "Resources", section_);
    run(file_.decoded(object, section_), inner.is(Kind::dictionary) ? inner : resources, depth + 1);
    state_ = before;
  }

  const PdfRevisions& file_;
  std::size_t section_;
  State state_;
  std::vector<State> saved_;
  Matrix line_{1, 0, 0, 1, 0, 0}, text_{1, 0, 0, 1, 0, 0};
  std::optional<PaintedBox> path_;
  std::vector<std::pair<double, double>> corners_;  ///< of the path
  std::size_t base_ = 0;                            ///< of `saved_`: what this content may restore
  std::map<std::uint32_t, bool> images_;            ///< whether they hide what is under them
  std::map<std::uint32_t, Font> fonts_;
  std::list<Font> direct_;
  int operators_ = 0, forms_ = 0;
};

}  // namespace

bool PaintedBox::meets(const PaintedBox& other) const {
  return left < other.right && other.left < right && bottom < other.top && other.bottom < top;
}

std::vector<PaintedBox> paintedBoxes(const PdfRevisions& file, std::size_t section,
                                     const std::string& content, const PdfValue& resources) {
  PaintedBoxCollector painter(file, section);
  painter.run(content, resources, 0);
  return std::move(painter.boxes);
}

}  // namespace sohoa

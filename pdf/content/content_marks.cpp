#include "pdf/content/content_marks.h"

#include <algorithm>
#include <array>
#include <map>

#include "pdf/content/content_scanner.h"
#include "pdf/content/font_widths.h"
#include "pdf/content/matrix.h"

namespace sohoa {
namespace {

using Kind = PdfValue::Kind;

constexpr int kMaxOperators = 1'000'000, kMaxForms = 100, kMaxDepth = 8;
constexpr std::size_t kMaxMarks = 100'000, kMaxSaved = 200;
/// Boxes covering more than this share of the page are background.
constexpr double kGround = 0.5;

/// Operators as numbers, for a switch; all have three letters or fewer.
constexpr unsigned codeOf(std::string_view op) {
  unsigned code = 0;
  for (const char c : op.substr(0, 4)) code = code << 8 | static_cast<unsigned char>(c);
  return code;
}

PageMark boxOf(const Matrix& m, double left, double bottom, double right, double top) {
  if (m[1] == 0 && m[2] == 0) {  // upright, as nearly always
    const double x0 = m[0] * left + m[4], x1 = m[0] * right + m[4];
    const double y0 = m[3] * bottom + m[5], y1 = m[3] * top + m[5];
    return {std::min(x0, x1), std::min(y0, y1), std::max(x0, x1), std::max(y0, y1)};
  }
  PageMark box{1e9, 1e9, -1e9, -1e9};
  for (const double x : {left, right}) {
    for (const double y : {bottom, top}) {
      const double px = m[0] * x + m[2] * y + m[4], py = m[1] * x + m[3] * y + m[5];
      box.left = std::min(box.left, px), box.right = std::max(box.right, px);
      box.bottom = std::min(box.bottom, py), box.top = std::max(box.top, py);
    }
  }
  return box;
}

struct State {
  Matrix matrix{1, 0, 0, 1, 0, 0};
  const FontWidths* font = nullptr;
  double size = 0, scale = 1, leading = 0, rise = 0, letters = 0, words = 0;
  bool white = false;
};

class MarkCollector {
 public:
  MarkCollector(const PdfRevisions& file, double pageArea) : file_(file), pageArea_(pageArea) {}

  void run(const std::string& content, const PdfValue& resources, int depth) {
    const std::size_t base = saved_.size();
    const PdfValue fonts = file_.get(resources, "Font");
    const PdfValue objects = file_.get(resources, "XObject");
    std::map<std::string, FontWidths, std::less<>> widths;
    ContentScanner scanner(content);
    ContentOperands operands;
    std::string_view op, lastFont;
    const FontWidths* lastWidths = nullptr;
    while (scanner.next(op, operands) && ++operators_ < kMaxOperators) {
      const auto n = [&](std::size_t i) {
        return i < operands.numbers.size() ? operands.numbers[i] : 0.0;
      };
      switch (codeOf(op)) {
        case codeOf("'"):
        case codeOf("\""):
          nextLine(0, -state_.leading);
          show(operands);
          break;
        case codeOf("Tj"):
        case codeOf("TJ"):
          show(operands);
          break;
        case codeOf("Tm"):
          line_ = text_ = {n(0), n(1), n(2), n(3), n(4), n(5)};
          break;
        case codeOf("TD"):
          state_.leading = -n(1);
          [[fallthrough]];
        case codeOf("Td"):
          nextLine(n(0), n(1));
          break;
        case codeOf("T*"):
          nextLine(0, -state_.leading);
          break;
        case codeOf("BT"):
          line_ = text_ = {1, 0, 0, 1, 0, 0};
          break;
        case codeOf("Tf"): {
          state_.size = n(0);
          if (operands.name == lastFont && lastWidths != nullptr) {  // as nearly always
            state_.font = lastWidths;
            break;
          }
          auto known = widths.find(operands.name);
          if (known == widths.end()) {
            const PdfValue font = file_.get(fonts, operands.name);
            known = widths.emplace(operands.name, FontWidths(file_, font)).first;
          }
          lastFont = operands.name;
          state_.font = lastWidths = &known->second;
          break;
        }
        case codeOf("Tz"):
          state_.scale = n(0) / 100;
          break;
        case codeOf("TL"):
          state_.leading = n(0);
          break;
        case codeOf("Ts"):
          state_.rise = n(0);
          break;
        case codeOf("Tc"):
          state_.letters = n(0);
          break;
        case codeOf("Tw"):
          state_.words = n(0);
          break;
        case codeOf("q"):
          if (saved_.size() < kMaxSaved) saved_.push_back(state_);
          break;
        case codeOf("Q"):
          if (saved_.size() > base) {
            state_ = saved_.back();
            saved_.pop_back();
          }
          break;
        case codeOf("cm"):
          state_.matrix = multiplied({n(0), n(1), n(2), n(3), n(4), n(5)}, state_.matrix);
          break;
        case codeOf("Do"):
          draw(objects.find(operands.name), resources, depth);
          break;
        case codeOf("BI"):
          mark(boxOf(state_.matrix, 0, 0, 1, 1));
          break;
        default:
          paint(op, operands.numbers);
      }
    }
    saved_.resize(std::min(saved_.size(), base));
  }

  void mark(const PageMark& box) {
    if (marks.size() < kMaxMarks && !isGround(box, pageArea_)) marks.push_back(box);
  }

  std::vector<PageMark> marks;

 private:
  void nextLine(double x, double y) {
    move(line_, x, y);
    text_ = line_;
  }

  void show(const ContentOperands& operands) {
    advance(-operands.firstShift / 1000 * state_.size * state_.scale);
    for (const ContentOperands::Shown& each : operands.strings) {
      bytes_.clear();
      appendStringBytes(each.raw, bytes_);
      static const FontWidths kUnknown{};
      const auto extent = (state_.font != nullptr ? state_.font : &kUnknown)->of(bytes_);
      const double width = (extent.width / 1000 * state_.size + extent.codes * state_.letters +
                            extent.spaces * state_.words) *
                           state_.scale;
      if (!extent.blank) {
        // Letters of Vietnamese capitals with two marks reach nine tenths of the size.
        mark(boxOf(multiplied(text_, state_.matrix), 0, state_.rise - 0.22 * state_.size, width,
                   state_.rise + 0.9 * state_.size));
      }
      advance(width - each.shift / 1000 * state_.size * state_.scale);
    }
  }
  void advance(double width) { move(text_, width, 0); }
  static void move(Matrix& m, double x, double y) {
    m[4] += x * m[0] + y * m[2];
    m[5] += x * m[1] + y * m[3];
  }

  void paint(std::string_view op, const std::vector<double>& n) {
    if (op == "re" && n.size() >= 4) {
      const PageMark box = boxOf(state_.matrix, n[0], n[1], n[0] + n[2], n[1] + n[3]);
      parts_.push_back({box.left, box.bottom, box.right, box.bottom});
      parts_.push_back({box.left, box.top, box.right, box.top});
      parts_.push_back({box.left, box.bottom, box.left, box.top});
      parts_.push_back({box.right, box.bottom, box.right, box.top});
    } else if (op == "m" || op == "l" || op == "c" || op == "v" || op == "y") {
      if (n.size() < 2) return;
      const double x = n[n.size() - 2], y = n[n.size() - 1];
      const PageMark here = boxOf(state_.matrix, x, y, x, y);
      if (op != "m" && parts_.size() < kMaxMarks) {
        parts_.push_back({std::min(here.left, last_.left), std::min(here.bottom, last_.bottom),
                          std::max(here.right, last_.right), std::max(here.top, last_.top)});
      }
      last_ = here;
    } else if (op == "S" || op == "s") {
      for (const PageMark& part : parts_) mark(part);
      parts_.clear();
    } else if (op == "f" || op == "F" || op == "f*" || op == "B" || op == "B*" || op == "b" ||
               op == "b*") {
      if (!parts_.empty() && !state_.white) {
        PageMark all = parts_.front();
        for (const PageMark& part : parts_) {
          all.left = std::min(all.left, part.left), all.right = std::max(all.right, part.right);
          all.bottom = std::min(all.bottom, part.bottom), all.top = std::max(all.top, part.top);
        }
        mark(all);
      }
      parts_.clear();
    } else if (op == "n") {
      parts_.clear();
    } else if (op == "g" || op == "rg" || op == "sc" || op == "scn") {
      state_.white = n.size() != 4 && !n.empty() &&
                     std::all_of(n.begin(), n.end(), [](double v) { return v >= 0.99; });
    } else if (op == "k") {
      state_.white = std::all_of(n.begin(), n.end(), [](double v) { return v <= 0.01; });
    }
  }

  void draw(const PdfValue* reference, const PdfValue& resources, int depth) {
    if (reference == nullptr || !reference->is(Kind::reference)) return;
    const PdfObject object = file_.object(reference->reference);
    const PdfValue kind = file_.get(object.value, "Subtype");
    if (kind.isName("Image")) return mark(boxOf(state_.matrix, 0, 0, 1, 1));
    if (!kind.isName("Form") || depth >= kMaxDepth || ++forms_ > kMaxForms) return;
    const State before = state_;
    const Matrix line = line_, text = text_;
    const PdfValue own = file_.get(object.value, "Matrix");
    if (own.items.size() == 6) {
      Matrix m{};
      for (std::size_t i = 0; i < 6; ++i) m[i] = file_.resolve(own.items[i]).number();
      state_.matrix = multiplied(m, state_.matrix);
    }
    const PdfValue inner = file_.get(object.value, "Resources");
    run(file_.decoded(object), inner.is(Kind::dictionary) ? inner : resources, depth + 1);
    state_ = before;
    line_ = line, text_ = text;
  }

  const PdfRevisions& file_;
  double pageArea_;
  State state_;
  std::vector<State> saved_;
  Matrix line_{1, 0, 0, 1, 0, 0}, text_{1, 0, 0, 1, 0, 0};
  std::vector<PageMark> parts_;  // of the path so far
  PageMark last_;
  std::string bytes_;
  int operators_ = 0, forms_ = 0;
};

}  // namespace

bool isGround(const PageMark& box, double pageArea) {
  return (box.right - box.left) * (box.top - box.bottom) >= kGround * pageArea;
}

std::vector<PageMark> contentMarks(const PdfRevisions& file, const std::string& content,
                                   const PdfValue& resources, double pageArea) {
  MarkCollector marker(file, pageArea);
  try {
    marker.run(content, resources, 0);
  } catch (const PdfSyntaxError&) {
    // What was found so far is what there is.
  }
  return std::move(marker.marks);
}

}  // namespace sohoa

#include "pdf/incoming/content_tracer.h"

#include <algorithm>
#include <array>
#include <string_view>

#include "pdf/incoming/pdf_guard.h"

namespace sohoa {
namespace {

constexpr std::size_t kMaxContent = std::size_t{64} << 20, kMaxOperators = 5'000'000;
constexpr std::size_t kMaxStates = 500, kMaxOperands = 10'000;
constexpr int kMaxForms = 10, kMaxFormsDrawn = 10'000;

struct State {
  QPDFMatrix matrix;
  PointBox clip;
  int textMode = 0;
};

bool oneOf(std::string_view op, std::initializer_list<std::string_view> list) {
  return std::find(list.begin(), list.end(), op) != list.end();
}

bool showsLetters(QPDFObjectHandle operand) {
  if (operand.isString()) {
    const std::string text = operand.getStringValue();
    return text.find_first_not_of(std::string_view(" \0", 2)) != std::string::npos;
  }
  for (int i = 0; operand.isArray() && i < operand.getArrayNItems(); ++i) {
    if (operand.getArrayItem(i).isString() && showsLetters(operand.getArrayItem(i))) return true;
  }
  return false;
}

QPDFMatrix matrixOf(const std::vector<double>& m) { return {m[0], m[1], m[2], m[3], m[4], m[5]}; }

class ShownImageCollector final : public QPDFObjectHandle::ParserCallbacks {
 public:
  ShownImageCollector(QPDF& pdf, QPDFObjectHandle resources, const PointBox& pageBox)
      : pdf_(pdf), resources_(resources) {
    state_.clip = pageBox;
  }

  void run(QPDFObjectHandle contents) {
    std::string bytes;
    const int parts = contents.isArray() ? contents.getArrayNItems() : 1;
    for (int i = 0; i < parts; ++i) {
      QPDFObjectHandle part = contents.isArray() ? contents.getArrayItem(i) : contents;
      if (!part.isStream()) continue;
      auto data = decoded(part, kMaxContent - std::min(kMaxContent, bytesSeen_));
      if (!data) throw PdfRefusal(Cause::pdfDamaged, "the page's content cannot be unpacked");
      bytesSeen_ += data->size();
      bytes += *data;
      bytes += '\n';  // tokens do not run across the parts' borders
    }
    QPDFObjectHandle stream = pdf_.newStream(bytes);
    QPDFObjectHandle::parseContentStream(stream, this);
    // The document keeps the object; its bytes are not needed any more.
    stream.replaceStreamData("", QPDFObjectHandle::newNull(), QPDFObjectHandle::newNull());
    operands_.clear();
  }

  void handleObject(QPDFObjectHandle object) override {
    if (object.isOperator()) {
      if (++operators_ > kMaxOperators) {
        throw PdfRefusal(Cause::pdfDamaged, "the page's content is too long");
      }
      perform(object.getOperatorValue());
      operands_.clear();
    } else if (object.isInlineImage()) {
      paint("an inline image");
    } else if (operands_.size() < kMaxOperands) {
      operands_.push_back(object);
    }
  }
  void handleEOF() override {}

  Painted painted;

 private:
  void perform(const std::string& op) {
    if (op == "q") {
      if (saved_.size() < kMaxStates) saved_.push_back(state_);
    } else if (op == "Q") {
      if (saved_.size() > savedBelow_) {
        state_ = saved_.back();
        saved_.pop_back();
      }
    } else if (op == "cm") {
      const auto n = numbers(6);
      if (!n.empty()) state_.matrix.concat(matrixOf(n));
    } else if (op == "Do") {
      if (!operands_.empty() && operands_.back().isName()) draw(operands_.back().getName());
    } else if (op == "Tr") {
      const auto n = numbers(1);
      if (!n.empty()) state_.textMode = static_cast<int>(n[0]);
    } else if (oneOf(op, {"Tj", "TJ", "'", "\""})) {
      const bool visible = state_.textMode != 3 && state_.textMode != 7;
      if (visible && !operands_.empty() && showsLetters(operands_.back())) paint("text");
    } else {
      path(op);
    }
  }

  void path(const std::string& op) {
    if (oneOf(op, {"m", "l", "c", "v", "y", "re"})) {
      const auto n = numbers(op == "c" ? 6 : op == "m" || op == "l" ? 2 : 4);
      if (n.empty()) return;
      const bool rectangle = op == "re";
      for (std::size_t i = 0; i + 1 < n.size() && !rectangle; i += 2) addPoint(n[i], n[i + 1]);
      for (const double x : {0.0, 1.0}) {
        for (const double y : {0.0, 1.0}) {
          if (rectangle) addPoint(n[0] + x * n[2], n[1] + y * n[3]);
        }
      }
    } else if (op == "W" || op == "W*") {
      clipping_ = true;
    } else if (oneOf(op, {"n", "S", "s", "f", "F", "f*", "B", "B*", "b", "b*"})) {
      if (op != "n" && !path_.empty()) paint("a path");
      if (clipping_) state_.clip = state_.clip.intersection(path_);
      clipping_ = false;
      path_ = {};
    } else if (op == "sh") {
      paint("a shading");
    }
  }

  void draw(const std::string& name) {
    QPDFObjectHandle objects =
        resources_.isDictionary() ? resources_.getKey("/XObject") : QPDFObjectHandle::newNull();
    if (!objects.isDictionary()) return;
    QPDFObjectHandle object = objects.getKey(name);
    if (!object.isStream()) return;
    QPDFObjectHandle kind = object.getDict().getKey("/Subtype");
    if (kind.isName() && kind.getName() == "/Image") {
      drawImage(object);
    } else if (kind.isName() && kind.getName() == "/Form") {
      drawForm(object);
    }
  }

  void drawImage(QPDFObjectHandle object) {
    if (painted.images.size() > 1000) throw PdfRefusal(Cause::pdfNotScanned, "too many images");
    PointBox box;
    for (const double x : {0.0, 1.0}) {
      for (const double y : {0.0, 1.0}) {
        double px = 0, py = 0;
        state_.matrix.transform(x, y, px, py);
        box.add(px, py);
      }
    }
    if (painted.underImage.empty()) painted.underImage = painted.overImage;
    painted.overImage.clear();
    painted.images.push_back({object, state_.matrix, state_.clip.intersection(box)});
  }

  void drawForm(QPDFObjectHandle form) {
    if (forms_ >= kMaxForms || ++formsDrawn_ > kMaxFormsDrawn) {
      throw PdfRefusal(Cause::pdfDamaged, "forms nested too deeply");
    }
    QPDFObjectHandle dictionary = form.getDict();
    const State before = state_;
    const QPDFObjectHandle outerResources = resources_;
    const std::size_t outerSaved = savedBelow_;
    const auto outerOperands = operands_;
    operands_.clear();
    if (dictionary.getKey("/Matrix").isArray()) {
      const auto m = dictionary.getKey("/Matrix").getArrayAsMatrix();
      state_.matrix.concat(QPDFMatrix(m));
    }
    if (dictionary.getKey("/Resources").isDictionary()) {
      resources_ = dictionary.getKey("/Resources");
    }
    savedBelow_ = saved_.size();
    ++forms_;
    run(form);
    --forms_;
    saved_.resize(std::min(saved_.size(), savedBelow_));
    savedBelow_ = outerSaved;
    resources_ = outerResources;
    operands_ = outerOperands;
    state_ = before;
  }

  void paint(const char* what) {
    if (painted.overImage.empty()) painted.overImage = what;
  }

  void addPoint(double x, double y) {
    double px = 0, py = 0;
    state_.matrix.transform(x, y, px, py);
    path_.add(px, py);
  }

  std::vector<double> numbers(std::size_t count) {
    std::vector<double> values;
    if (operands_.size() < count) return {};
    for (std::size_t i = operands_.size() - count; i < operands_.size(); ++i) {
      if (!operands_[i].isNumber()) return {};
      values.push_back(operands_[i].getNumericValue());
    }
    return values;
  }

  QPDF& pdf_;
  QPDFObjectHandle resources_;
  State state_;
  std::vector<State> saved_;
  std::size_t savedBelow_ = 0;
  std::vector<QPDFObjectHandle> operands_;
  PointBox path_;
  bool clipping_ = false;
  int forms_ = 0, formsDrawn_ = 0;
  std::size_t operators_ = 0, bytesSeen_ = 0;
};

}  // namespace

void PointBox::add(double x, double y) {
  left = std::min(left, x), right = std::max(right, x);
  bottom = std::min(bottom, y), top = std::max(top, y);
}

PointBox PointBox::intersection(const PointBox& other) const {
  return {std::max(left, other.left), std::max(bottom, other.bottom), std::min(right, other.right),
          std::min(top, other.top)};
}

Painted tracePage(QPDF& pdf, QPDFObjectHandle contents, QPDFObjectHandle resources,
                  const PointBox& pageBox) {
  ShownImageCollector tracer(pdf, resources, pageBox);
  tracer.run(contents);
  return std::move(tracer.painted);
}

}  // namespace sohoa

#include "signing/appearance.h"

#include <fmt/format.h>

#include <algorithm>

#include "pdf/embedded_font.h"

namespace sohoa {
namespace {

// Points. The block stands in the top margin (NĐ 30/2020: 20-25 mm), its right edge in line with
// the right edge of the text (15-20 mm).
constexpr double kFontSize = 10, kLeading = 12;
constexpr double kFromTop = 20, kFromRight = 42.5, kFromLeft = 42.5;

std::string trimmed(double value) {
  std::string text = fmt::format("{:.3f}", value);
  while (text.back() == '0') text.pop_back();
  if (text.back() == '.') text.pop_back();
  return text == "-0" ? "0" : text;
}

PdfValue real(double value) {
  PdfValue made;
  made.kind = PdfValue::Kind::real;
  made.text = trimmed(value);
  return made;
}

PdfValue reals(std::initializer_list<double> values) {
  std::vector<PdfValue> items;
  for (double value : values) items.push_back(real(value));
  return PdfValue::ofArray(std::move(items));
}

/// Breaks lines at spaces so that none is wider than `width` points.
std::vector<std::string> wrapped(const std::vector<std::string>& lines, const EmbeddedFont& font,
                                 double width) {
  std::vector<std::string> out;
  for (const std::string& line : lines) {
    std::string current;
    for (std::size_t at = 0; at < line.size();) {
      const std::size_t space = std::min(line.find(' ', at), line.size());
      const std::string word = line.substr(at, space - at);
      const std::string longer = current.empty() ? word : current + " " + word;
      if (!current.empty() && font.widthOf(longer) * kFontSize / 1000 > width) {
        out.push_back(current);
        current = word;
      } else {
        current = longer;
      }
      at = space + 1;
    }
    out.push_back(current);
  }
  return out;
}

bool coversAll(const EmbeddedFont& font, const std::vector<std::string>& lines) {
  return std::all_of(lines.begin(), lines.end(),
                     [&](const std::string& line) { return font.covers(line); });
}

/// The first font that has every character of the text.
Result<EmbeddedFont> openFont(const Appearance& appearance) {
  // Debian 12 has version 2 in a folder of its own, Debian 13 in the plain one.
  std::vector<std::string> files = {
      "/usr/share/fonts/truetype/liberation2/LiberationSerif-Regular.ttf",
      "/usr/share/fonts/truetype/liberation/LiberationSerif-Regular.ttf"};
  if (!appearance.font.empty()) files = {appearance.font};
  ItemError error;
  for (const std::string& file : files) {
    auto font = EmbeddedFont::open(file);
    if (font && coversAll(*font, appearance.lines)) return font;
    error = font ? ItemError{Stage::signing, Cause::documentNotSigned, file,
                             "the font has no glyph for a character of the visible text"}
                 : font.error();
  }
  return error;
}

}  // namespace

Result<PlacedAppearance> addAppearance(IncrementalUpdate& update, const Appearance& appearance,
                                       const PageGeometry& page) {
  PlacedAppearance placed;
  placed.normal = update.allocate();
  PdfValue form = PdfValue::ofDictionary();
  form.set("Type", PdfValue::ofName("XObject"));
  form.set("Subtype", PdfValue::ofName("Form"));
  if (appearance.lines.empty()) {
    placed.rect = reals({0, 0, 0, 0});
    form.set("BBox", placed.rect);
    form.set("Resources", PdfValue::ofDictionary());
    update.putStream(placed.normal, std::move(form), "");
    return placed;
  }
  auto opened = openFont(appearance);
  if (!opened) return opened.error();
  EmbeddedFont font = *std::move(opened);

  const bool sideways = page.rotation % 180 != 0;
  const double userWidth = page.right - page.left, userHeight = page.top - page.bottom;
  const double seenWidth = (sideways ? userHeight : userWidth) * page.userUnit;
  const auto lines =
      wrapped(appearance.lines, font, std::max(seenWidth - kFromLeft - kFromRight, 72.0));
  double width = 0;
  for (const std::string& line : lines) {
    width = std::max(width, font.widthOf(line) * kFontSize / 1000);
    font.use(line);
  }
  const double ascent = font.ascent() * kFontSize / 1000;
  const double descent = -font.descent() * kFontSize / 1000;
  const double height = ascent + descent + kLeading * static_cast<double>(lines.size() - 1);

  std::string content = "q\nBT\n0 g\n/F1 " + trimmed(kFontSize) + " Tf\n" + trimmed(kLeading) +
                        " TL\n0 " + trimmed(height - ascent) + " Td\n";
  const PdfRef fontRef = font.addTo(update);
  const char* newLine = "";
  for (const std::string& line : lines) {
    content += newLine + font.show(line) + " Tj\n";
    newLine = "T*\n";
  }
  content += "ET\nQ\n";
  PdfValue fonts = PdfValue::ofDictionary();
  fonts.set("F1", PdfValue::ofReference(fontRef));
  PdfValue resources = PdfValue::ofDictionary();
  resources.set("Font", std::move(fonts));
  form.set("BBox", reals({0, 0, width, height}));
  form.set("Resources", std::move(resources));

  // Places in user space of the seen top right corner; /Matrix turns the text against /Rotate.
  // 12.5.5: the box of the turned form is fitted into /Rect, so the matrix needs no shift.
  const double w = width / page.userUnit, h = height / page.userUnit;
  const double fromTop = kFromTop / page.userUnit, fromRight = kFromRight / page.userUnit;
  switch (page.rotation) {
    case 90:  // seen right is up in user space, seen top is left
      form.set("Matrix", reals({0, 1, -1, 0, 0, 0}));
      placed.rect = reals({page.left + fromTop, page.top - fromRight - w, page.left + fromTop + h,
                           page.top - fromRight});
      break;
    case 180:
      form.set("Matrix", reals({-1, 0, 0, -1, 0, 0}));
      placed.rect = reals({page.left + fromRight, page.bottom + fromTop, page.left + fromRight + w,
                           page.bottom + fromTop + h});
      break;
    case 270:
      form.set("Matrix", reals({0, -1, 1, 0, 0, 0}));
      placed.rect = reals({page.right - fromTop - h, page.bottom + fromRight, page.right - fromTop,
                           page.bottom + fromRight + w});
      break;
    default:
      placed.rect = reals({page.right - fromRight - w, page.top - fromTop - h,
                           page.right - fromRight, page.top - fromTop});
  }
  update.putStream(placed.normal, std::move(form), content);
  return placed;
}

}  // namespace sohoa

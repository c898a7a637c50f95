#include "signing/appearance/appearance_text.h"

#include <fmt/format.h>

#include <algorithm>

#include "pdf/util/pdf_number.h"

namespace sohoa {
namespace {

constexpr double kFontSize = 10, kLeading = 12;  // points

/// Breaks a line at spaces so that no part is wider than `widest` points.
void breakLine(const std::string& line, const EmbeddedFont& font, double widest,
               std::vector<std::string>& out) {
  const auto fits = [&](const std::string& text) {
    return font.widthOf(text) * kFontSize / 1000 <= widest;
  };
  if (fits(line)) return out.push_back(line);
  std::string current;
  for (std::size_t at = 0; at < line.size();) {
    const std::size_t space = std::min(line.find(' ', at), line.size());
    const std::string word = line.substr(at, space - at);
    const std::string longer = current.empty() ? word : current + " " + word;
    if (!current.empty() && !fits(longer)) {
      out.push_back(current);
      current = word;
    } else {
      current = longer;
    }
    at = space + 1;
  }
  out.push_back(current);
}

bool coversAll(const EmbeddedFont& font, const std::vector<std::string>& lines) {
  return std::all_of(lines.begin(), lines.end(),
                     [&](const std::string& line) { return font.covers(line); });
}

/// Opens the first font file that has every character of the text.
Result<EmbeddedFont> openFont(const Appearance& appearance) {
  // Debian 12 has version 2 in its own folder, Debian 13 in the plain one.
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

Result<AppearanceText> AppearanceText::of(const Appearance& appearance, double widest) {
  auto font = openFont(appearance);
  if (!font) return font.error();
  AppearanceText text(*std::move(font));
  for (const std::string& line : appearance.lines) breakLine(line, text.font_, widest, text.lines_);
  for (const std::string& line : text.lines_) {
    text.width_ = std::max(text.width_, text.font_.widthOf(line) * kFontSize / 1000);
    text.font_.use(line);
  }
  // With all digits in the subset, every time of day has its glyphs: one subset serves a whole
  // batch.
  text.font_.use("0123456789-+:T");
  text.ascent_ = text.font_.ascent() * kFontSize / 1000;
  const double descent = -text.font_.descent() * kFontSize / 1000;
  const auto count = static_cast<double>(text.lines_.size());
  if (count > 0) text.height_ = text.ascent_ + descent + kLeading * (count - 1);
  return text;
}

std::string AppearanceText::draw(IncrementalUpdate& update, PdfValue& fonts, double x, double y) {
  if (lines_.empty()) return {};
  fonts.set("F1", PdfValue::ofReference(font_.addTo(update)));
  std::string content =
      fmt::format("q\nBT\n0 g\n/F1 {} Tf\n{} TL\n{} {} Td\n", number(kFontSize, 3),
                  number(kLeading, 3), number(x, 3), number(y + height_ - ascent_, 3));
  const char* newLine = "";
  for (const std::string& line : lines_) {
    content += newLine + font_.show(line) + " Tj\n";
    newLine = "T*\n";
  }
  return content + "ET\nQ\n";
}

}  // namespace sohoa

#include "pdf/drawing/separator_pdf.h"

#include <fmt/core.h>

#include <algorithm>

#include "core/separator_marks.h"
#include "pdf/drawing/drawn_pages.h"
#include "pdf/drawing/qr_symbol.h"

namespace sohoa {
namespace {

constexpr double kQrLeft = 34, kQrTop = 34, kQrSide = 64;  ///< millimetres, without quiet zone
constexpr double kLeft = 34, kRight = 176;                 ///< of the text

struct Line {
  double top;   ///< of the baseline, millimetres from the top of the sheet
  double size;  ///< points
  double left = kLeft;
  std::string text;
};

/// A disc of four Bézier curves (the constant is 4/3 (√2 - 1)).
std::string disc(separator_marks::Place at, double radius, const char* grey) {
  const double x = at.x, y = kA4Height - at.y, k = radius * 0.5522847498;
  const auto p = [](double a, double b) { return pointsOf(a) + " " + pointsOf(b) + " "; };
  std::string path = std::string(grey) + " g\n" + p(x + radius, y) + "m\n";
  path += p(x + radius, y + k) + p(x + k, y + radius) + p(x, y + radius) + "c\n";
  path += p(x - k, y + radius) + p(x - radius, y + k) + p(x - radius, y) + "c\n";
  path += p(x - radius, y - k) + p(x - k, y - radius) + p(x, y - radius) + "c\n";
  path += p(x + k, y - radius) + p(x + radius, y - k) + p(x + radius, y) + "c\nf\n";
  return path;
}

std::string marks() {
  std::string drawn;
  for (const separator_marks::Place place : separator_marks::kPlaces) {
    bool black = separator_marks::kRadii.size() % 2 != 0;
    for (std::size_t i = separator_marks::kRadii.size(); i-- > 0; black = !black) {
      drawn += disc(place, separator_marks::kRadii[i], black ? "0" : "1");
    }
  }
  return drawn;
}

std::string code(const SeparatorSheet& sheet) {
  const QrSymbol symbol = qrSymbol(separatorPayload(sheet));
  const double module = kQrSide / symbol.size;
  std::string drawn = "0 g\n";
  for (int y = 0; y < symbol.size; ++y) {
    for (int x = 0; x < symbol.size; ++x) {
      if (!symbol.at(x, y)) continue;
      const int start = x;
      while (x + 1 < symbol.size && symbol.at(x + 1, y)) ++x;
      drawn += pointsOf(kQrLeft + start * module) + " " +
               pointsOf(kA4Height - kQrTop - (y + 1) * module) + " " +
               pointsOf((x + 1 - start) * module) + " " + pointsOf(module) + " re\n";
    }
  }
  return drawn + "f\n";
}

std::vector<std::string> wrapped(const EmbeddedFont& font, const std::string& text, double size) {
  return wrappedText(font, text, size, kRight - kLeft, 3);
}

std::vector<Line> linesOf(const SeparatorPage& page, const SeparatorLook& look,
                          const EmbeddedFont& font) {
  const Language language = look.language;
  const SeparatorSheet& sheet = page.sheet;
  constexpr double kBeside = kQrLeft + kQrSide + 10;
  std::vector<Line> lines = {
      {44, 22, kBeside, std::string(tr(language, "SEPARATOR"))},
      {54, 22, kBeside, std::string(tr(language, "SHEET"))},
      {70, 15, kBeside, say(language, "Sheet {} of {}", sheet.number, sheet.of)},
      {80, 15, kBeside, std::string(tr(language, "Pages with content:"))},
      {94, 30, kBeside, sheet.pages > 0 ? std::to_string(sheet.pages) : "—"}};
  // As large as the width lets it be.
  double size = 34;
  while (font.widthOf(sheet.code) * size / 1000 > (kRight - kLeft) * kPointsPerMillimetre)
    size -= 1;
  lines.push_back({122, size, kLeft, sheet.code});
  double top = 138;
  const auto paragraph = [&](const char* english, const std::string& value) {
    if (value.empty()) return;
    for (const std::string& text : wrapped(font, say(language, english, value), 14)) {
      lines.push_back({top, 14, kLeft, text});
      top += 7;
    }
    top += 3;
  };
  paragraph(textId("Unit: {}"), page.unit);
  paragraph(textId("Applicant: {}"), page.applicant);
  paragraph(textId("Procedure: {}"), page.procedure);
  paragraph(textId("Received on: {}"), page.receivedOn);
  top = 250;
  for (const std::string& text : wrapped(
           font,
           std::string(tr(language,
                          "Put this sheet before the first page of its dossier, face up. It is not "
                          "part of the dossier; use it once.")),
           12)) {
    lines.push_back({top, 12, kLeft, text});
    top += 6;
  }
  lines.push_back({270, 9, kLeft, separatorPayload(sheet)});
  lines.push_back(
      {276, 9, kLeft, fmt::format("{}  {}", look.agency, isoVietnam(look.printed).substr(0, 16))});
  return lines;
}

Result<EmbeddedFont> openFont(const std::string& wanted) {
  if (!wanted.empty()) return openFirstFont({wanted});
  return openFirstFont({"/usr/share/fonts/truetype/liberation2/LiberationSans-Bold.ttf",
                        "/usr/share/fonts/truetype/liberation/LiberationSans-Bold.ttf"});
}

}  // namespace

Result<std::string> separatorPdf(const std::vector<SeparatorPage>& pages,
                                 const SeparatorLook& look) {
  auto opened = openFont(look.font);
  if (!opened) return opened.error();
  EmbeddedFont font = *std::move(opened);
  std::vector<std::vector<Line>> texts;
  for (const SeparatorPage& page : pages) {
    for (const Line& line : texts.emplace_back(linesOf(page, look, font))) font.use(line.text);
  }
  DrawnPages drawn(font);
  for (std::size_t i = 0; i < pages.size(); ++i) {
    std::string content = marks() + code(pages[i].sheet) + "0 g\n";
    for (const Line& line : texts[i]) {
      content += drawn.text(line.left, line.top, line.size, line.text);
    }
    drawn.add(content);
  }
  return drawn.finish(pages.empty() ? "" : separatorPayload(pages.front().sheet));
}

}  // namespace sohoa

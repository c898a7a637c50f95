#include "pdf/separator_pdf.h"

#include <fmt/core.h>

#include <algorithm>

#include "core/digest.h"
#include "core/separator_marks.h"
#include "pdf/deflate.h"
#include "pdf/embedded_font.h"
#include "pdf/incremental.h"
#include "pdf/qr_symbol.h"

namespace sohoa {
namespace {

constexpr double kPoint = 72 / 25.4;                       ///< points a millimetre
constexpr double kHeight = 297;                            ///< of the sheet, millimetres
constexpr double kQrLeft = 34, kQrTop = 34, kQrSide = 64;  ///< millimetres, without quiet zone
constexpr double kLeft = 34, kRight = 176;                 ///< of the text

/// A PDF without pages; everything else is one update of it, since that is what the room can write.
constexpr std::string_view kEmptyPdf =
    "%PDF-1.4\n%\xE2\xE3\xCF\xD3\n"
    "1 0 obj\n<</Type /Catalog /Pages 2 0 R>>\nendobj\n"
    "2 0 obj\n<</Type /Pages /Kids [] /Count 0>>\nendobj\n"
    "xref\n0 3\n0000000000 65535 f \n0000000015 00000 n \n0000000062 00000 n \n"
    "trailer\n<</Size 3 /Root 1 0 R>>\nstartxref\n112\n%%EOF\n";

struct Line {
  double top;   ///< of the baseline, millimetres from the top of the sheet
  double size;  ///< points
  double left = kLeft;
  std::string text;
};

std::string millimetres(double value) { return fmt::format("{:.3f}", value * kPoint); }

/// A disc of four Bézier curves (the constant is 4/3 (√2 - 1)).
std::string disc(separator_marks::Place at, double radius, const char* grey) {
  const double x = at.x, y = kHeight - at.y, k = radius * 0.5522847498;
  const auto p = [](double a, double b) { return millimetres(a) + " " + millimetres(b) + " "; };
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
      drawn += millimetres(kQrLeft + start * module) + " " +
               millimetres(kHeight - kQrTop - (y + 1) * module) + " " +
               millimetres((x + 1 - start) * module) + " " + millimetres(module) + " re\n";
    }
  }
  return drawn + "f\n";
}

/// `text` in lines no wider than the sheet's text, three at most.
std::vector<std::string> wrapped(const EmbeddedFont& font, const std::string& text, double size) {
  const double most = (kRight - kLeft) * kPoint * 1000 / size;
  std::vector<std::string> lines(1);
  for (std::size_t at = 0; at < text.size();) {
    const std::size_t end = std::min(text.find(' ', at), text.size());
    const std::string word = text.substr(at, end - at);
    const std::string longer = lines.back().empty() ? word : lines.back() + " " + word;
    if (font.widthOf(longer) > most && !lines.back().empty()) {
      if (lines.size() == 3) {
        lines.back() += " …";
        break;
      }
      lines.push_back(word);
    } else {
      lines.back() = longer;
    }
    at = end + 1;
  }
  return lines;
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
  while (font.widthOf(sheet.code) * size / 1000 > (kRight - kLeft) * kPoint) size -= 1;
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
  std::vector<std::string> files = {"/usr/share/fonts/truetype/liberation2/LiberationSans-Bold.ttf",
                                    "/usr/share/fonts/truetype/liberation/LiberationSans-Bold.ttf"};
  if (!wanted.empty()) files = {wanted};
  ItemError error{Stage::packaging, Cause::documentNotWritten, "", ""};
  for (const std::string& file : files) {
    auto font = EmbeddedFont::open(file);
    if (font) return font;
    error.item = file;
    error.detail = "the font cannot be used";
  }
  return error;
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
  const PdfRevisions base(kEmptyPdf);
  IncrementalUpdate update(base);
  const PdfRef fontRef = font.addTo(update);
  std::string kids;
  for (std::size_t i = 0; i < pages.size(); ++i) {
    std::string content = marks() + code(pages[i].sheet) + "BT\n0 g\n";
    for (const Line& line : texts[i]) {
      content +=
          fmt::format("/F1 {} Tf\n1 0 0 1 {} {} Tm\n{} Tj\n", line.size, millimetres(line.left),
                      millimetres(kHeight - line.top), font.show(line.text));
    }
    content += "ET\n";
    const PdfRef stream = update.allocate(), page = update.allocate();
    PdfValue dictionary = PdfValue::ofDictionary();
    dictionary.set("Filter", PdfValue::ofName("FlateDecode"));
    update.putStream(stream, std::move(dictionary), deflated(content));
    update.put(page, fmt::format("<</Type /Page /Parent 2 0 R /MediaBox [0 0 595.276 841.89] "
                                 "/Resources <</Font <</F1 {}>>>> /Contents {}>>",
                                 fontRef.text(), stream.text()));
    kids += (kids.empty() ? "" : " ") + page.text();
  }
  update.put(PdfRef{2, 0},
             fmt::format("<</Type /Pages /Kids [{}] /Count {}>>", kids, pages.size()));
  const std::string id = sha512(kids + (pages.empty() ? "" : separatorPayload(pages.front().sheet)))
                             .hex()
                             .substr(0, 16);
  return std::string(kEmptyPdf) + update.render(id).bytes;
}

}  // namespace sohoa

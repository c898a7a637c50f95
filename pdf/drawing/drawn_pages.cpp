#include "pdf/drawing/drawn_pages.h"

#include <fmt/core.h>

#include "core/digest.h"
#include "pdf/util/deflate.h"

namespace sohoa {
namespace {

constexpr std::string_view kEmptyPdf =
    "%PDF-1.4\n%\xE2\xE3\xCF\xD3\n"
    "1 0 obj\n<</Type /Catalog /Pages 2 0 R>>\nendobj\n"
    "2 0 obj\n<</Type /Pages /Kids [] /Count 0>>\nendobj\n"
    "xref\n0 3\n0000000000 65535 f \n0000000015 00000 n \n0000000062 00000 n \n"
    "trailer\n<</Size 3 /Root 1 0 R>>\nstartxref\n112\n%%EOF\n";

/// Bytes of the character at `at`; what is not UTF-8 counts one by one.
std::size_t characterAt(std::string_view text, std::size_t at) {
  std::size_t end = at + 1;
  while (end < text.size() && (static_cast<unsigned char>(text[end]) & 0xc0) == 0x80) ++end;
  return end - at;
}

/// How much of `word` fits; a character at least.
std::size_t fitting(const EmbeddedFont& font, std::string_view word, double most) {
  std::size_t end = characterAt(word, 0);
  while (end < word.size()) {
    const std::size_t next = end + characterAt(word, end);
    if (font.widthOf(word.substr(0, next)) > most) break;
    end = next;
  }
  return end;
}

}  // namespace

std::string pointsOf(double millimetres) {
  return fmt::format("{:.3f}", millimetres * kPointsPerMillimetre);
}

Result<EmbeddedFont> openFirstFont(const std::vector<std::string>& files) {
  ItemError error{Stage::packaging, Cause::documentNotWritten, "", "the font cannot be used"};
  for (const std::string& file : files) {
    auto font = EmbeddedFont::open(file);
    if (font) return font;
    error.item = file;
  }
  return error;
}

std::vector<std::string> wrappedText(const EmbeddedFont& font, std::string_view text, double size,
                                     double width, std::size_t most) {
  const double widest = width * kPointsPerMillimetre * 1000 / size;
  std::vector<std::string> lines(1);
  const auto newLine = [&] {
    if (lines.size() == most) {
      lines.back() += " …";
      return false;
    }
    lines.emplace_back();
    return true;
  };
  for (std::size_t at = 0; at < text.size();) {
    const std::size_t end = std::min(text.find(' ', at), text.size());
    std::string_view word = text.substr(at, end - at);
    at = end + 1;
    const std::string longer =
        lines.back().empty() ? std::string(word) : lines.back() + " " + std::string(word);
    if (font.widthOf(longer) <= widest) {
      lines.back() = longer;
      continue;
    }
    if (!lines.back().empty() && !newLine()) break;
    while (font.widthOf(word) > widest) {
      const std::size_t fits = fitting(font, word, widest);
      lines.back() = word.substr(0, fits);
      word.remove_prefix(fits);
      if (!word.empty() && !newLine()) return lines;
    }
    lines.back() = word;
  }
  return lines;
}

DrawnPages::DrawnPages(EmbeddedFont& font)
    : font_(font), base_(kEmptyPdf), update_(base_), fontRef_(font_.addTo(update_)) {}

std::string DrawnPages::text(double left, double top, double size, std::string_view text) const {
  return fmt::format("BT\n/F1 {} Tf\n1 0 0 1 {} {} Tm\n{} Tj\nET\n", size, pointsOf(left),
                     pointsOf(kA4Height - top), font_.show(text));
}

void DrawnPages::add(const std::string& content) {
  const PdfRef stream = update_.allocate(), page = update_.allocate();
  PdfValue dictionary = PdfValue::ofDictionary();
  dictionary.set("Filter", PdfValue::ofName("FlateDecode"));
  update_.putStream(stream, std::move(dictionary), deflated(content));
  update_.put(page, fmt::format("<</Type /Page /Parent 2 0 R /MediaBox [0 0 595.276 841.89] "
                                "/Resources <</Font <</F1 {}>>>> /Contents {}>>",
                                fontRef_.text(), stream.text()));
  kids_ += (kids_.empty() ? "" : " ") + page.text();
  ++count_;
}

std::string DrawnPages::finish(std::string_view seed) {
  update_.put(PdfRef{2, 0}, fmt::format("<</Type /Pages /Kids [{}] /Count {}>>", kids_, count_));
  const std::string id = sha512(kids_ + std::string(seed)).hex().substr(0, 16);
  return std::string(kEmptyPdf) + update_.render(id).bytes;
}

}  // namespace sohoa

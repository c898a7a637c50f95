#include <glib.h>

#include <cstdio>

#include "samples/containers.h"

namespace sohoa::samples {
namespace {

std::string decimal(double value) {
  char text[32];
  std::snprintf(text, sizeof text, "%.2f", value);
  return text;
}

std::string escaped(const std::string& text) {
  std::string result;
  for (const char c : text) {
    if (c == '(' || c == ')' || c == '\\') {
      result += '\\';
    }
    result += c;
  }
  return result;
}

}  // namespace

void writePdf(const std::filesystem::path& path, const std::vector<PdfPage>& pages) {
  std::string file = "%PDF-1.4\n%\xE2\xE3\xCF\xD3\n";
  std::vector<std::size_t> offsets;
  const auto object = [&](const std::string& body) {
    offsets.push_back(file.size());
    file += std::to_string(offsets.size()) + " 0 obj\n" + body + "\nendobj\n";
  };
  // Objects: 1 catalogue, 2 page tree, 3 information, 4 font, then page, content, image by threes.
  std::string kids;
  for (std::size_t i = 0; i < pages.size(); ++i) {
    kids += std::to_string(5 + 3 * i) + " 0 R ";
  }
  object("<< /Type /Catalog /Pages 2 0 R >>");
  object("<< /Type /Pages /Count " + std::to_string(pages.size()) + " /Kids [ " + kids + "] >>");
  object("<< /Producer (Office multifunction scanner) /Creator (Scan to folder) >>");
  object("<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>");
  for (std::size_t i = 0; i < pages.size(); ++i) {
    const PdfPage& page = pages[i];
    const std::string contentNumber = std::to_string(6 + 3 * i);
    const std::string imageNumber = std::to_string(7 + 3 * i);
    object("<< /Type /Page /Parent 2 0 R /MediaBox [ 0 0 " + decimal(page.pageWidth) + " " +
           decimal(page.pageHeight) + " ] /Contents " + contentNumber +
           " 0 R /Resources << /XObject << /Im0 " + imageNumber + " 0 R >>" +
           (page.junk.empty() ? "" : " /Font << /F0 4 0 R >>") + " >> >>");
    std::string content =
        "q " + decimal(page.pageWidth) + " 0 0 " + decimal(page.pageHeight) + " 0 0 cm /Im0 Do Q\n";
    if (!page.junk.empty()) {
      content += "BT 3 Tr\n";
      for (const JunkWord& word : page.junk) {
        content += "/F0 " + decimal(word.size) + " Tf 1 0 0 1 " + decimal(word.x) + " " +
                   decimal(word.y) + " Tm (" + escaped(word.text) + ") Tj\n";
      }
      content += "ET\n";
    }
    object("<< /Length " + std::to_string(content.size()) + " >>\nstream\n" + content +
           "endstream");
    object("<< /Type /XObject /Subtype /Image /Width " + std::to_string(page.width) + " /Height " +
           std::to_string(page.height) + " /ColorSpace " +
           (page.grey ? "/DeviceGray" : "/DeviceRGB") +
           " /BitsPerComponent 8 /Filter /DCTDecode /Length " + std::to_string(page.jpeg.size()) +
           " >>\nstream\n" + std::string(page.jpeg.begin(), page.jpeg.end()) + "\nendstream");
  }
  const std::size_t table = file.size();
  file += "xref\n0 " + std::to_string(offsets.size() + 1) + "\n0000000000 65535 f \n";
  for (const std::size_t offset : offsets) {
    char entry[32];
    std::snprintf(entry, sizeof entry, "%010zu 00000 n \n", offset);
    file += entry;
  }
  file += "trailer\n<< /Size " + std::to_string(offsets.size() + 1) +
          " /Root 1 0 R /Info 3 0 R >>\nstartxref\n" + std::to_string(table) + "\n%%EOF\n";
  writeFile(path, file);
}

std::string englishMisreading(const std::string& text, Random& random) {
  gchar* const apart = g_utf8_normalize(text.c_str(), -1, G_NORMALIZE_NFD);
  std::string result;
  for (const gchar* at = apart; *at != '\0'; at = g_utf8_next_char(at)) {
    const gunichar c = g_utf8_get_char(at);
    if (c >= 0x300 && c < 0x370) {
      // A mark is read as a stroke after the letter, or makes the letter small, or is lost.
      switch (random.integer(0, 5)) {
        case 0:
          result += '~';
          break;
        case 1:
          if (!result.empty()) {
            result.back() = g_ascii_tolower(result.back());
          }
          break;
        case 2:
          result += random.chance(0.5) ? ')' : '\'';
          break;
        default:
          break;
      }
    } else if (c == 0x110) {
      result += 'D';
    } else if (c == 0x111) {
      result += 'd';
    } else if (c < 0x80) {
      const char letter = static_cast<char>(c);
      result += letter == 'I' && random.chance(0.3) ? 'l' : letter;
    }
  }
  g_free(apart);
  return result;
}

}  // namespace sohoa::samples

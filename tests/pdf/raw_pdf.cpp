#include "tests/pdf/raw_pdf.h"

#include <fmt/format.h>
#include <zlib.h>

namespace sohoa::test {

int RawPdf::add(const std::string& body) {
  objects_.push_back(body);
  return static_cast<int>(objects_.size()) + 2;
}

int RawPdf::addStream(const std::string& dictionary, const std::string& data) {
  return add(fmt::format("<< {} /Length {} >>\nstream\n", dictionary, data.size()) + data +
             "\nendstream");
}

int RawPdf::addPage(const std::string& resources, const std::string& content, double width,
                    double height, const std::string& more) {
  const int stream = addStream("", content);
  pages_.push_back(
      add(fmt::format("<< /Type /Page /Parent 2 0 R /MediaBox [0 0 {} {}] /Resources << {} >> "
                      "/Contents {} 0 R {} >>",
                      width, height, resources, stream, more)));
  return pages_.back();
}

int RawPdf::addScan(const std::string& imageDictionary, const std::string& data, double width,
                    double height, const std::string& before, const std::string& after) {
  const int image = addStream("/Type /XObject /Subtype /Image " + imageDictionary, data);
  return addPage(fmt::format("/XObject << /Im0 {} 0 R >> /Font << /F1 << /Type /Font /Subtype "
                             "/Type1 /BaseFont /Helvetica >> >>",
                             image),
                 fmt::format("{}\nq {} 0 0 {} 0 0 cm /Im0 Do Q\n{}", before, width, height, after),
                 width, height);
}

std::string RawPdf::bytes() const {
  std::string kids;
  for (const int page : pages_) kids += fmt::format("{} 0 R ", page);
  std::vector<std::string> all{
      "<< /Type /Catalog /Pages 2 0 R " + catalogue_ + " >>",
      fmt::format("<< /Type /Pages /Kids [{}] /Count {} >>", kids, pages_.size())};
  all.insert(all.end(), objects_.begin(), objects_.end());
  std::string out = "%PDF-1.4\n";
  std::string table;
  for (std::size_t i = 0; i < all.size(); ++i) {
    table += fmt::format("{:010} 00000 n \n", out.size());
    out += fmt::format("{} 0 obj\n", i + 1) + all[i] + "\nendobj\n";
  }
  const std::size_t start = out.size();
  return out + fmt::format("xref\n0 {}\n0000000000 65535 f \n", all.size() + 1) + table +
         fmt::format("trailer\n<< /Size {} /Root 1 0 R >>\nstartxref\n{}\n%%EOF\n", all.size() + 1,
                     start);
}

std::string jpegDictionary(int width, int height, bool colour) {
  return fmt::format("/Width {} /Height {} /BitsPerComponent 8 /ColorSpace {} /Filter /DCTDecode",
                     width, height, colour ? "/DeviceRGB" : "/DeviceGray");
}

std::string zlibbed(const std::string& data) {
  uLongf size = compressBound(data.size());
  std::string out(size, '\0');
  compress(reinterpret_cast<Bytef*>(out.data()), &size, reinterpret_cast<const Bytef*>(data.data()),
           data.size());
  out.resize(size);
  return out;
}

}  // namespace sohoa::test

#include "tests/signing/plain_pdf.h"

#include <fmt/format.h>

#include <vector>

#include "pdf/images/srgb_profile.h"

namespace sohoa::test {
namespace {

std::string stream(const std::string& keys, const std::string& data) {
  return fmt::format("<<{} /Length {}>>\nstream\n{}\nendstream", keys, data.size(), data);
}

constexpr char kXmp[] =
    "<?xpacket begin=\"\xef\xbb\xbf\" id=\"W5M0MpCehiHzreSzNTczkc9d\"?>"
    "<x:xmpmeta xmlns:x=\"adobe:ns:meta/\">"
    "<rdf:RDF xmlns:rdf=\"http://www.w3.org/1999/02/22-rdf-syntax-ns#\">"
    "<rdf:Description rdf:about=\"\" xmlns:pdfaid=\"http://www.aiim.org/pdfa/ns/id/\">"
    "<pdfaid:part>1</pdfaid:part><pdfaid:conformance>B</pdfaid:conformance></rdf:Description>"
    "<rdf:Description rdf:about=\"\" xmlns:dc=\"http://purl.org/dc/elements/1.1/\">"
    "<dc:format>application/pdf</dc:format></rdf:Description>"
    "</rdf:RDF></x:xmpmeta><?xpacket end=\"w\"?>";

}  // namespace

std::string PlainPdf::bytes() const {
  std::vector<std::string> objects = {
      "<</Type /Catalog /Pages 2 0 R " + catalog +
          (archival ? " /Metadata 6 0 R /OutputIntents [<</Type /OutputIntent /S /GTS_PDFA1 "
                      "/OutputConditionIdentifier (sRGB) /Info (sRGB) /DestOutputProfile 7 0 R>>]"
                    : "") +
          ">>",
      "<</Type /Pages /Kids [3 0 R] /Count 1>>",
      "<</Type /Page /Parent 2 0 R " + page + " /Contents 4 0 R /Resources <<" +
          (archival ? "" : "/Font <</F1 <</Type /Font /Subtype /Type1 /BaseFont /Times-Roman>>>>") +
          ">>>>",
      stream("",
             archival ? "0.5 g 10 10 20 20 re f" : "BT /F1 18 Tf 50 50 Td (" + text + ") Tj ET"),
      stream("", padding),
  };
  if (archival) {
    objects.push_back(stream("/Type /Metadata /Subtype /XML", kXmp));
    objects.push_back(stream("/N 3", srgbProfile()));
  }
  std::string out = "%PDF-1.4\n%\xe2\xe3\xcf\xd3\n";
  std::string table = fmt::format("xref\n0 {}\n0000000000 65535 f \n", objects.size() + 1);
  for (std::size_t i = 0; i < objects.size(); ++i) {
    table += fmt::format("{:010} 00000 n \n", out.size());
    out += fmt::format("{} 0 obj\n{}\nendobj\n", i + 1, objects[i]);
  }
  const std::size_t startxref = out.size();
  out += table + fmt::format(
                     "trailer\n<</Size {} /Root 1 0 R /ID [<00112233445566778899AABBCCDDEEFF> "
                     "<00112233445566778899AABBCCDDEEFF>]>>\nstartxref\n{}\n%%EOF\n",
                     objects.size() + 1, startxref);
  return out;
}

}  // namespace sohoa::test

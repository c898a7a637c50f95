#include "pdf/pdfa/pdfa_file.h"

#include <algorithm>
#include <qpdf/QPDFWriter.hh>

namespace sohoa {
namespace {

constexpr std::size_t kPagesPerNode = 500;  // an array of PDF 1.4 holds 8,191 elements at most

class SpooledData final : public QPDFObjectHandle::StreamDataProvider {
 public:
  SpooledData(const Spool& spool, Spool::Slice slice) : spool_(spool), slice_(slice) {}
  void provideStreamData(QPDFObjGen const&, Pipeline* pipeline) override {
    pipeline->writeString(spool_.read(slice_));
    pipeline->finish();
  }

 private:
  const Spool& spool_;
  Spool::Slice slice_;
};

void fillNode(QPDFObjectHandle node, const std::vector<QPDFObjectHandle>& kids, std::size_t count) {
  node.replaceKey("/Type", QPDFObjectHandle::newName("/Pages"));
  node.replaceKey("/Kids", QPDFObjectHandle::newArray(kids));
  node.replaceKey("/Count", QPDFObjectHandle::newInteger(static_cast<long long>(count)));
  for (QPDFObjectHandle kid : kids) kid.replaceKey("/Parent", node);
}

}  // namespace

QPDFObjectHandle spooledStream(QPDF& pdf, const Spool& spool, Spool::Slice slice,
                               const std::string& dictionary) {
  QPDFObjectHandle stream = pdf.newStream();
  QPDFObjectHandle parsed = QPDFObjectHandle::parse(dictionary);
  stream.replaceDict(parsed);
  stream.replaceStreamData(std::make_shared<SpooledData>(spool, slice), parsed.getKey("/Filter"),
                           parsed.getKey("/DecodeParms"));
  return stream;
}

void setPages(QPDF& pdf, const std::vector<QPDFObjectHandle>& pages) {
  std::vector<QPDFObjectHandle> kids = pages;
  if (pages.size() > kPagesPerNode) {
    kids.clear();
    for (std::size_t i = 0; i < pages.size(); i += kPagesPerNode) {
      const std::size_t end = std::min(pages.size(), i + kPagesPerNode);
      kids.push_back(pdf.makeIndirectObject(QPDFObjectHandle::newDictionary()));
      fillNode(kids.back(),
               {pages.begin() + static_cast<std::ptrdiff_t>(i),
                pages.begin() + static_cast<std::ptrdiff_t>(end)},
               end - i);
    }
  }
  fillNode(pdf.getRoot().getKey("/Pages"), kids, pages.size());
}

void writeArchival(QPDF& pdf, PdfStandard standard, OutputFile& out) {
  QPDFWriter writer(pdf);
  writer.setOutputPipeline(&out);
  // ISO 19005-1: PDF 1.4, no object streams; data of streams exactly as given.
  writer.setMinimumPDFVersion(standard == PdfStandard::pdfA1b ? "1.4" : "1.7");
  writer.setObjectStreamMode(qpdf_o_disable);
  writer.setStreamDataMode(qpdf_s_preserve);
  writer.setNewlineBeforeEndstream(true);
  writer.setDeterministicID(true);
  writer.write();
}

}  // namespace sohoa

#include "pdf/pdfa/new_stream.h"

#include "pdf/util/deflate.h"

namespace sohoa {

QPDFObjectHandle newStream(QPDF& pdf, const std::string& dictionary, const std::string& data,
                           bool compress) {
  QPDFObjectHandle object = pdf.newStream();
  object.replaceDict(QPDFObjectHandle::parse(dictionary));
  object.replaceStreamData(
      compress ? deflated(data) : data,
      compress ? QPDFObjectHandle::newName("/FlateDecode") : QPDFObjectHandle::newNull(),
      QPDFObjectHandle::newNull());
  return object;
}

}  // namespace sohoa

#pragma once

#include <qpdf/QPDF.hh>
#include <string>

namespace sohoa {

/// Adds a stream object to the document, compressed with /FlateDecode or as it is.
QPDFObjectHandle newStream(QPDF& pdf, const std::string& dictionary, const std::string& data,
                           bool compress = true);

}  // namespace sohoa

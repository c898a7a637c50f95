#pragma once

#include <qpdf/Pipeline.hh>
#include <qpdf/QPDFObjectHandle.hh>

#include <optional>
#include <stdexcept>
#include <string>
#include <utility>

#include "pdf/images/bad_input.h"

namespace sohoa {

/// Thrown inside our own callbacks from qpdf to leave it with a reason; caught by guardPdf.
struct PdfRefusal : std::runtime_error {
  PdfRefusal(Cause why, const std::string& detail) : std::runtime_error(detail), cause(why) {}
  Cause cause;
};

/// The one place where exceptions of qpdf (QPDFExc and what the standard library throws on hostile
/// figures) become errors. `work` returns a Result.
template <class Work>
auto guardPdf(Work&& work) -> decltype(work()) {
  try {
    return std::forward<Work>(work)();
  } catch (const PdfRefusal& refusal) {
    return badInput(refusal.cause, refusal.what());
  } catch (const BatchError&) {
    throw;
  } catch (const std::exception& error) {
    return badInput(Cause::pdfDamaged, error.what());
  }
}

/// Collects a stream, refusing more bytes than the object may have: a bound on decompression.
class BoundedSink final : public Pipeline {
 public:
  explicit BoundedSink(std::size_t most) : Pipeline("bounded", nullptr), most_(most) {}
  void write(unsigned char const* data, std::size_t size) override {
    if (size > most_ - bytes.size()) {
      overflowed = true;
      throw std::runtime_error("too much");  // qpdf stops the filters and reports failure
    }
    bytes.append(reinterpret_cast<const char*>(data), size);
  }
  void finish() override {}
  std::string bytes;
  bool overflowed = false;

 private:
  std::size_t most_;
};

/// The stream's data after its filters, or nothing when qpdf does not know one of them or the data
/// are broken.
inline std::optional<std::string> decoded(QPDFObjectHandle stream, std::size_t most) {
  BoundedSink sink(most);
  bool filtered = false;
  const bool done = stream.pipeStreamData(&sink, &filtered, 0, qpdf_dl_specialized, true);
  if (sink.overflowed) {
    throw PdfRefusal(Cause::pdfDamaged, "a stream unpacks to more than it may hold");
  }
  if (!done || !filtered) return std::nullopt;
  return std::move(sink.bytes);
}

}  // namespace sohoa

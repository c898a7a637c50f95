#include "pipeline/workers/worker_protocol.h"

#include "core/bytes/hex.h"
#include "core/durable.h"
#include "core/texts/json.h"
#include "ocr/image/crop.h"
#include "pdf/incoming/extract_pages.h"
#include "pipeline/batch/batch_json.h"
#include "pipeline/workers/verify_job_json.h"

namespace sohoa {

using nlohmann::json;

namespace {

json write(const EngineInfo& engine) {
  return {{"tesseract", engine.tesseract},
          {"leptonica", engine.leptonica},
          {"model", engine.model},
          {"model_sha256", engine.modelSha256},
          {"cpu", engine.cpu}};
}

EngineInfo engineFrom(const json& from) {
  return {from.at("tesseract").get<std::string>(), from.at("leptonica").get<std::string>(),
          from.at("model").get<std::string>(), from.at("model_sha256").get<std::string>(),
          from.at("cpu").get<std::string>()};
}

Time timeFrom(const json& from) {
  const auto time = parseIsoTime(from.get<std::string>());
  return time ? *time : Time{};
}

json write(const PdfInfo& info) {
  json out = {{"created", isoUtc(info.created)},
              {"pdfa", info.standard == PdfStandard::pdfA1b ? "1b" : "2b"}};
  eachText(info, [&](const char* name, const std::string& text) { out[name] = text; });
  return out;
}

PdfInfo infoFrom(const json& from) {
  PdfInfo info;
  eachText(info, [&](const char* name, std::string& text) { from.at(name).get_to(text); });
  info.created = timeFrom(from.at("created"));
  if (from.at("pdfa") == "2b") info.standard = PdfStandard::pdfA2b;
  return info;
}

/// Decodes a reply; `parse` receives its "ok" value.
template <class Reply, class Parse>
Result<Reply> decode(const std::string& text, Parse parse) try {
  const json whole = parseJson(text);
  if (whole.contains("error")) return wire::itemErrorFrom(whole.at("error"));
  return parse(whole.at("ok"));
} catch (const nlohmann::json::exception& error) {
  return ItemError{Stage::recognition, Cause::pageCrashed, "", error.what()};
}

std::string ok(const json& value) { return jsonText(json{{"ok", value}}); }
std::string failed(const ItemError& error) {
  // Library messages may carry bytes of a damaged file.
  return jsonTextReplacing(json{{"error", wire::write(error)}});
}

}  // namespace

std::string encode(const InspectJob& job) {
  return jsonText(json{{"job", "inspect"}, {"file", hexOf(job.file.native())}});
}

std::string encode(const ReadJob& job) {
  return jsonText(json{{"job", "read"}, {"file", hexOf(job.file.native())}, {"index", job.index}});
}

std::string encode(const SignsJob& job) {
  return jsonText(json{{"job", "signs"}, {"file", hexOf(job.file.native())}, {"index", job.index}});
}

std::string encode(const ExtractJob& job) {
  return jsonText(json{{"job", "extract"},
                       {"file", hexOf(job.file.native())},
                       {"first", job.first},
                       {"count", job.count},
                       {"out", hexOf(job.out.native())}});
}

std::string encode(const AssembleJob& job) {
  json pages = json::array();
  for (const AssembleJob::Page& page : job.pages) {
    pages.push_back({{"file", hexOf(page.file.native())},
                     {"index", page.index},
                     {"reading", hexOf(page.reading.native())}});
  }
  return jsonText(json{{"job", "assemble"},
                       {"out", hexOf(job.out.native())},
                       {"pages", std::move(pages)},
                       {"info", write(job.info)}});
}

std::string encode(const CropJob& job) {
  return jsonText(json{{"job", "crop"},
                       {"file", hexOf(job.file.native())},
                       {"index", job.index},
                       {"box", {job.box.x, job.box.y, job.box.width, job.box.height}},
                       {"rotation", job.rotation},
                       {"out", hexOf(job.out.native())}});
}

std::string encode(const AccessJob& job) {
  return jsonText(json{{"job", "access"},
                       {"document", hexOf(job.document.native())},
                       {"out", hexOf(job.out.native())}});
}

std::string encode(const CheckJob& job) {
  return jsonText(json{{"job", "check"},
                       {"file", hexOf(job.file.native())},
                       {"trust", hexOf(job.trust.native())},
                       {"at", isoUtc(job.at)},
                       {"just_made", job.justMade}});
}

template <>
Result<InspectJob::Reply> decodeReply<InspectJob>(const std::string& text) {
  return decode<InspectJob::Reply>(text, [](const json& from) {
    InspectJob::Reply reply;
    reply.incoming = wire::incomingFileFrom(from.at("incoming"));
    from.at("bytes").get_to(reply.bytes);
    reply.sha512 = Sha512::fromHex(from.at("sha512").get<std::string>()).value_or(Sha512{});
    return reply;
  });
}

template <>
Result<ReadJob::Reply> decodeReply<ReadJob>(const std::string& text) try {
  const json whole = parseJson(text);
  if (whole.contains("error")) return wire::itemErrorFrom(whole.at("error"));
  return readingFromJson(whole.at("ok").get<std::string>());
} catch (const nlohmann::json::exception& error) {
  return ItemError{Stage::recognition, Cause::pageCrashed, "", error.what()};
}

template <>
Result<SignsJob::Reply> decodeReply<SignsJob>(const std::string& text) {
  return decode<SignsJob::Reply>(text, [](const json& from) { return wire::pageSignsFrom(from); });
}

template <>
Result<ExtractJob::Reply> decodeReply<ExtractJob>(const std::string& text) {
  return decode<ExtractJob::Reply>(text, [](const json&) { return ExtractJob::Reply{}; });
}

template <>
Result<AssembleJob::Reply> decodeReply<AssembleJob>(const std::string& text) {
  return decode<AssembleJob::Reply>(text, [](const json&) { return AssembleJob::Reply{}; });
}

template <>
Result<CropJob::Reply> decodeReply<CropJob>(const std::string& text) {
  return decode<CropJob::Reply>(text, [](const json&) { return CropJob::Reply{}; });
}

template <>
Result<AccessJob::Reply> decodeReply<AccessJob>(const std::string& text) {
  return decode<AccessJob::Reply>(text, [](const json& from) {
    AccessJob::Reply pages;
    for (const json& one : from) {
      pages.push_back({one.at("original").get<std::uint64_t>(),
                       one.at("bytes").get<std::uint64_t>(), one.at("layered").get<bool>(),
                       one.at("departure").get<double>()});
    }
    return pages;
  });
}

template <>
Result<CheckJob::Reply> decodeReply<CheckJob>(const std::string& text) {
  return decode<CheckJob::Reply>(text, [](const json& from) {
    CheckJob::Reply reply;
    from.at("pages").get_to(reply.pages);
    from.at("verdict").get_to(reply.verdict);
    from.at("findings").get_to(reply.findings);
    for (const json& one : from.at("signatures")) {
      CheckJob::Signature& signature = reply.signatures.emplace_back();
      signature.record = {one.at("signer").get<std::string>(), one.at("issuer").get<std::string>(),
                          one.at("serial").get<std::string>(), one.at("level").get<std::string>(),
                          timeFrom(one.at("claimed_at"))};
      one.at("indication").get_to(signature.indication);
      one.at("sub_indication").get_to(signature.subIndication);
      one.at("whole").get_to(signature.whole);
    }
    return reply;
  });
}

std::string encode(const Greeting& greeting) {
  return jsonTextReplacing(json{{"engine", write(greeting.engine)},
                                {"threads", greeting.threads},
                                {"problem", greeting.problem},
                                {"detail", greeting.detail}});
}

Greeting greetingFrom(const std::string& text) try {
  const json from = parseJson(text);
  return {engineFrom(from.at("engine")), from.at("threads").get<int>(),
          from.at("problem").get<std::string>(), from.at("detail").get<std::string>()};
} catch (const nlohmann::json::exception& error) {
  return {{}, 0, std::string(codeOf(Cause::workerUnfit)), error.what()};
}

namespace {

namespace fs = std::filesystem;

fs::path pathFrom(const json& hex) { return bytesFromHex(hex.get<std::string>()); }

std::string inspect(const json& job) {
  const fs::path file = pathFrom(job.at("file"));
  const auto incoming = inspectIncoming(file);
  if (!incoming) return failed(incoming.error());
  return ok({{"incoming", wire::write(*incoming)},
             {"bytes", fs::file_size(file)},
             {"sha512", sha512OfFile(file).hex()}});
}

std::string read(const json& job, Recogniser* recogniser) {
  const auto page = readIncomingPage(pathFrom(job.at("file")), job.at("index").get<int>());
  if (!page) return failed(page.error());
  if (!recogniser) return failed({Stage::recognition, Cause::pageCrashed, "", "no recogniser"});
  const auto reading = recogniser->read(*page);
  if (!reading) return failed(reading.error());
  return ok(toJson(*reading));
}

std::string crop(const json& job) {
  const auto page = readIncomingPage(pathFrom(job.at("file")), job.at("index").get<int>());
  if (!page) return failed(page.error());
  const json& box = job.at("box");
  const auto png = cropAsPng(
      *page,
      {box.at(0).get<int>(), box.at(1).get<int>(), box.at(2).get<int>(), box.at(3).get<int>()},
      job.at("rotation").get<int>());
  if (!png) return failed(png.error());
  const fs::path out = pathFrom(job.at("out"));
  fs::create_directories(out.parent_path());
  writeFileDurably(out, *png);
  return ok(json::object());
}

std::string signs(const json& job) {
  const auto page = readIncomingPage(pathFrom(job.at("file")), job.at("index").get<int>());
  if (!page) return failed(page.error());
  const auto found = findSigns(*page);
  if (!found) return failed(found.error());
  return ok(wire::write(*found));
}

std::string extract(const json& job) {
  const auto done = extractPages(pathFrom(job.at("file")), job.at("first").get<int>(),
                                 job.at("count").get<int>(), pathFrom(job.at("out")));
  return done ? ok(json::object()) : failed(done.error());
}

std::string assemble(const json& job) {
  std::vector<PdfPageSource> pages;
  for (const json& page : job.at("pages")) {
    auto reading = readingFromJson(readFile(pathFrom(page.at("reading"))));
    if (!reading) return failed(reading.error());
    pages.push_back({pathFrom(page.at("file")), page.at("index").get<int>(), std::move(*reading)});
  }
  const PdfInfo info = infoFrom(job.at("info"));
  const auto written = writePdfA(pathFrom(job.at("out")), pages, info);
  if (!written) return failed(written.error());
  return ok(json::object());
}

std::string access(const json& job) {
  const auto copied = writeAccessCopy(pathFrom(job.at("out")), pathFrom(job.at("document")));
  if (!copied) return failed(copied.error());
  json pages = json::array();
  for (const AccessPage& page : *copied) {
    pages.push_back({{"original", page.original},
                     {"bytes", page.bytes},
                     {"layered", page.layered},
                     {"departure", page.departure}});
  }
  return ok(pages);
}

std::string check(const json& job, PageRenderer* renderer) {
  const fs::path file = pathFrom(job.at("file"));
  const auto incoming = inspectIncoming(file);
  if (!incoming) return failed(incoming.error());
  VerificationOptions options;
  options.at = options.now = timeFrom(job.at("at"));
  options.renderer = renderer;
  if (job.at("just_made").get<bool>()) {
    options.revocation = VerificationOptions::Revocation::available;
  }
  const VerificationReport report =
      verifyPdf(file, TrustAnchors::fromFolder(pathFrom(job.at("trust"))), options);
  if (report.unreadable) return failed(*report.unreadable);
  json signatures = json::array(), findings = json::array();
  for (const SignatureReport& one : report.signatures) {
    signatures.push_back({{"signer", one.signer},
                          {"issuer", one.issuer},
                          {"serial", one.serial},
                          {"level", one.level.starts_with("B-") ? "PAdES " + one.level : one.level},
                          {"claimed_at", isoUtc(one.claimedAt.value_or(Time{}))},
                          {"indication", nameOf(one.indication)},
                          {"sub_indication", one.subIndication},
                          {"whole", one.coverage == SignatureReport::Coverage::whole}});
    for (const std::string& finding : one.findings) findings.push_back(finding);
  }
  return ok({{"pages", incoming->pageCount},
             {"verdict", nameOf(report.overall())},
             {"signatures", std::move(signatures)},
             {"findings", std::move(findings)}});
}

}  // namespace

std::string answer(const std::string& request, Recogniser* recogniser, PageRenderer* renderer) try {
  const json job = parseJson(request);
  const std::string name = job.at("job").get<std::string>();
  if (name == "inspect") return inspect(job);
  if (name == "read") return read(job, recogniser);
  if (name == "crop") return crop(job);
  if (name == "signs") return signs(job);
  if (name == "extract") return extract(job);
  if (name == "assemble") return assemble(job);
  if (name == "access") return access(job);
  if (name == "check") return check(job, renderer);
  if (name == "verify") return answerVerify(job, renderer);
  return failed({Stage::recognition, Cause::pageCrashed, "", "unknown job " + name});
} catch (const BatchError& error) {
  return failed({Stage::recognition, error.cause(), "", error.detail()});
} catch (const std::filesystem::filesystem_error& error) {
  return failed(
      {Stage::intake, Cause::fileUnreadable, error.path1().filename().string(), error.what()});
} catch (const std::exception& error) {
  return failed({Stage::recognition, Cause::pageCrashed, "", error.what()});
}

}  // namespace sohoa

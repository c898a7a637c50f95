#include "pipeline/workers/verify_job_json.h"

#include <sys/time.h>

#include <optional>
#include <utility>

#include "core/bytes/hex.h"
#include "pipeline/batch/batch_json.h"
#include "pipeline/workers/worker_protocol.h"
#include "signing/verify/evidence.h"
#include "signing/verify/report_json.h"
#include "signing/verify/report_text.h"
#include "signing/verify/report_xml.h"

namespace sohoa {

using nlohmann::json;

namespace {

using Policy = VerificationOptions::Revocation;

std::filesystem::path pathFrom(const json& hex) { return bytesFromHex(hex.get<std::string>()); }

/// Ends this process once it has used this much more CPU time; 0 removes the limit.
void limitComputing(std::int64_t milliseconds) {
  itimerval timer{};
  timer.it_value.tv_sec = milliseconds / 1000;
  timer.it_value.tv_usec = milliseconds % 1000 * 1000;
  ::setitimer(ITIMER_PROF, &timer, nullptr);
}

/// All files of one call have the same folder and time, so the anchors are read once.
const TrustAnchors& anchorsOf(const std::filesystem::path& folder, Time now) {
  static std::optional<TrustAnchors> anchors;
  static std::pair<std::filesystem::path, Time> readFor;
  if (!anchors || readFor != std::pair(folder, now)) {
    anchors.emplace(TrustAnchors::fromFolder(folder));
    readFor = {folder, now};
  }
  return *anchors;
}

}  // namespace

std::string encode(const VerifyJob& job) {
  json fetched = json::array();
  for (const std::string& der : job.options.fetched) fetched.push_back(hexOf(der));
  return jsonText(json{{"job", "verify"},
                       {"file", hexOf(job.file.native())},
                       {"trust", hexOf(job.trust.native())},
                       {"at", job.options.at.time_since_epoch().count()},
                       {"now", job.options.now.time_since_epoch().count()},
                       {"revocation", static_cast<int>(job.options.revocation)},
                       {"fetched", std::move(fetched)},
                       {"english", job.language == Language::en},
                       {"xml", job.xml},
                       {"computing", job.computing.count()},
                       {"evidence", hexOf(job.evidence.native())}});
}

std::string answerVerify(const json& job, PageRenderer* renderer) {
  VerificationOptions options;
  options.renderer = renderer;
  options.at = Time{std::chrono::seconds{job.at("at").get<std::int64_t>()}};
  options.now = Time{std::chrono::seconds{job.at("now").get<std::int64_t>()}};
  options.revocation = static_cast<Policy>(job.at("revocation").get<int>());
  for (const json& each : job.at("fetched")) {
    options.fetched.push_back(bytesFromHex(each.get<std::string>()));
  }
  limitComputing(job.at("computing").get<std::int64_t>());
  const std::filesystem::path file = pathFrom(job.at("file")),
                              evidence = pathFrom(job.at("evidence"));
  const VerificationReport report =
      verifyPdf(file, anchorsOf(pathFrom(job.at("trust")), options.now), options);
  const Language language = job.at("english").get<bool>() ? Language::en : Language::vi;
  json wanted = json::array();
  for (const auto& [subject, issuer] : report.wanted) {
    wanted.push_back({hexOf(subject), hexOf(issuer)});
  }
  if (!evidence.empty()) writeEvidence(report, file, evidence);
  const json ok = {
      {"verdict", verdictOf(report)},
      {"json", toJson(report)},
      {"page", describe(report, language)},
      {"xml", job.at("xml").get<bool>() ? toEtsiXml(report, file.filename().string()) : ""},
      {"wanted", std::move(wanted)}};
  limitComputing(0);
  return jsonTextReplacing(json{{"ok", ok}});
}

template <>
Result<VerifyJob::Reply> decodeReply<VerifyJob>(const std::string& text) try {
  const json whole = parseJson(text);
  if (whole.contains("error")) return wire::itemErrorFrom(whole.at("error"));
  const json& from = whole.at("ok");
  VerifyJob::Reply reply;
  from.at("verdict").get_to(reply.verdict);
  from.at("json").get_to(reply.json);
  from.at("page").get_to(reply.page);
  from.at("xml").get_to(reply.xml);
  for (const json& pair : from.at("wanted")) {
    reply.wanted.emplace_back(bytesFromHex(pair.at(0).get<std::string>()),
                              bytesFromHex(pair.at(1).get<std::string>()));
  }
  return reply;
} catch (const nlohmann::json::exception& error) {
  return ItemError{Stage::verification, Cause::pageCrashed, "", error.what()};
}

}  // namespace sohoa

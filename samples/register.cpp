#include "samples/register.h"

#include <algorithm>
#include <array>

namespace sohoa::samples {
namespace {

/// Codes have the shape of the national list; the pairs of code and name are illustrative.
struct Procedure {
  DocumentKind kind;
  const char* code;
  const char* name;
  const char* unit;
  const char* typeCode;
};

constexpr std::array<Procedure, 9> kProcedures = {{
    {DocumentKind::landAllocation, "1.002253",
     "Giao đất, cho thuê đất không thông qua đấu giá quyền sử dụng đất", "Phòng Quản lý đất đai",
     "QĐ-UBND"},
    {DocumentKind::landRecovery, "1.001007",
     "Thu hồi đất vì mục đích quốc phòng, an ninh; phát triển kinh tế - xã hội",
     "Phòng Quản lý đất đai", "QĐ-UBND"},
    {DocumentKind::impactAssessment, "1.004249",
     "Thẩm định, phê duyệt báo cáo đánh giá tác động môi trường", "Chi cục Bảo vệ môi trường",
     "QĐ-STNMT"},
    {DocumentKind::landCertificate, "1.004227", "Đăng ký, cấp Giấy chứng nhận quyền sử dụng đất",
     "Văn phòng Đăng ký đất đai", "CS-STNMT"},
    {DocumentKind::environmentalPermit, "1.004240",
     "Xác nhận hoàn thành công trình bảo vệ môi trường", "Chi cục Bảo vệ môi trường", "GXN-STNMT"},
    {DocumentKind::groundwaterPermit, "1.004223", "Cấp giấy phép khai thác, sử dụng nước dưới đất",
     "Phòng Tài nguyên nước", "GP-STNMT"},
    {DocumentKind::dischargePermit, "1.004140", "Cấp giấy phép xả nước thải vào nguồn nước",
     "Phòng Tài nguyên nước", "GP-STNMT"},
    {DocumentKind::applicationForm, "1.004203", "Đăng ký biến động quyền sử dụng đất",
     "Văn phòng Đăng ký đất đai", ""},
    {DocumentKind::inspectionMinutes, "1.000778", "Kiểm tra, xác nhận hiện trạng sử dụng đất",
     "Thanh tra Sở", "BB-STNMT"},
}};

std::string quoted(const std::string& value) {
  if (value.find_first_of(",\"\n") == std::string::npos) {
    return value;
  }
  std::string result = "\"";
  for (const char c : value) {
    result += c == '"' ? "\"\"" : std::string(1, c);
  }
  return result + "\"";
}

std::string row(const std::vector<std::string>& values) {
  std::string line;
  for (std::size_t i = 0; i < values.size(); ++i) {
    line += (i == 0 ? "" : ",") + quoted(values[i]);
  }
  return line + "\n";
}

}  // namespace

std::string registerOf(const std::vector<Dossier>& dossiers, int others, Random random) {
  std::vector<std::string> rows;
  for (const Dossier& dossier : dossiers) {
    if (dossier.fault == Fault::unknownCode) {
      continue;
    }
    const DocumentText& result = dossier.result();
    const auto procedure = std::find_if(kProcedures.begin(), kProcedures.end(),
                                        [&](const Procedure& p) { return p.kind == result.kind; });
    const bool known = dossier.numberInRegister && !result.fields.number.empty();
    rows.push_back(
        row({dossier.code, procedure->code, procedure->name, procedure->unit,
             dossier.received.iso(), dossier.resolved.iso(), "paper", result.applicant,
             known ? result.fields.numberSymbol() : "", known ? result.fields.date.iso() : ""}));
  }
  for (int i = 0; i < others; ++i) {
    // Mostly before the third quarter and after it: the third quarter is above 30 %, the others
    // and the year as a whole are below.
    const int part = i % 8;
    const Date received = part < 4 ? drawDate(random, 1, 6)
                                   : (part < 7 ? drawDate(random, 10, 12) : drawDate(random, 7, 9));
    const Procedure& procedure = random.pick(kProcedures);
    const bool online = random.chance(0.25);
    const bool open = received.month == 12 && random.chance(0.5);
    const Date resolved = received.plus(random.integer(4, 26));
    const bool known = !open && *procedure.typeCode != '\0' && random.chance(0.92);
    rows.push_back(
        row({dossierCode(received, 100 + i), procedure.code, procedure.name, procedure.unit,
             received.iso(), open ? "" : resolved.iso(), online ? "online" : "paper",
             random.chance(0.4) ? drawCompany(random) : drawPerson(random).name,
             known ? std::to_string(random.integer(20, 4400)) + "/" + procedure.typeCode : "",
             known ? resolved.iso() : ""}));
  }
  std::sort(rows.begin(), rows.end());
  std::string csv =
      "dossier_code,procedure_code,procedure_name,unit,received_on,resolved_on,medium,applicant,"
      "result_number,result_date\n";
  for (const std::string& line : rows) {
    csv += line;
  }
  return csv;
}

}  // namespace sohoa::samples

#include "samples/texts/texts.h"

namespace sohoa::samples {
namespace {

void openPermit(DocumentText& text, Random& random, const std::string& company, bool brief) {
  const Date& date = text.fields.date;
  text.issuerLine = "GIÁM ĐỐC SỞ TÀI NGUYÊN VÀ MÔI TRƯỜNG";
  addBases(text, random, "water", brief ? 2 : random.integer(3, 5));
  text.blocks.push_back(basis("Xét Đơn đề nghị cấp giấy phép ngày " +
                              date.plus(-random.integer(20, 50)).slash() + " của " + company +
                              " và hồ sơ kèm theo;"));
  text.blocks.push_back(
      basis("Theo đề nghị của Trưởng phòng Tài nguyên nước, Khí tượng thủy văn và "
            "Biến đổi khí hậu."));
  text.blocks.push_back(centred("<b>QUYẾT ĐỊNH:</b>"));
}

void closePermit(DocumentText& text, const std::string& company, const Place& place, int number) {
  text.blocks.push_back(article(
      number, company + " được hưởng các quyền hợp pháp theo quy định tại khoản 1 Điều 43 Luật Tài "
                        "nguyên nước và quyền lợi hợp pháp khác theo quy định của pháp luật."));
  text.blocks.push_back(
      article(number + 1,
              "Giấy phép này có hiệu lực kể từ ngày ký. Chậm nhất chín mươi (90) ngày trước khi "
              "giấy phép hết hạn, nếu " +
                  company + " còn tiếp tục sử dụng thì phải làm thủ tục gia hạn theo quy định./."));
  text.recipients = {company + ";", "UBND tỉnh (b/c);", "Cục Quản lý TNN;",
                     "Phòng TN&amp;MT " + place.district + ";", "Lưu: VT, TNN."};
}

}  // namespace

void writeGroundwaterPermit(DocumentText& text, Random& random, bool brief) {
  issuedByDepartment(text, random, "GP");
  Fields& fields = text.fields;
  fields.typeName = "GIẤY PHÉP";
  fields.abstract = "Khai thác nước dưới đất";
  const Place place = drawPlace(random);
  const std::string company = drawCompany(random);
  text.applicant = company;
  openPermit(text, random, company, brief);
  text.blocks.push_back(article(
      1, "Cho phép " + company + ", địa chỉ tại " + place.village + ", " + place.commune + ", " +
             place.district +
             ", tỉnh Quảng Bình khai thác nước dưới đất với các nội dung chủ yếu sau đây:"));
  const int wells = random.integer(1, 4);
  const int volume = random.integer(2, 60) * 10;
  text.blocks.push_back(
      paragraph("1. Mục đích khai thác nước: cấp nước cho sinh hoạt và sản xuất của đơn vị."));
  text.blocks.push_back(paragraph("2. Vị trí công trình khai thác: " + parcel(random) + ", " +
                                  place.commune +
                                  "; tọa độ giếng số 1 (VN-2000): " + coordinates(random) + "."));
  text.blocks.push_back(
      paragraph("3. Tầng chứa nước khai thác: trầm tích bở rời Đệ tứ không phân chia (q)."));
  text.blocks.push_back(
      paragraph("4. Tổng số giếng khai thác: " + twoDigits(wells) + " giếng khoan."));
  text.blocks.push_back(
      paragraph("5. Tổng lượng nước khai thác: " + vietnameseNumber(volume) + " m³/ngày đêm."));
  text.blocks.push_back(
      paragraph("6. Thời hạn của giấy phép: " + twoDigits(random.integer(3, 10)) + " năm."));
  if (random.chance(0.6) || !brief) {
    Block grid;
    grid.kind = BlockKind::table;
    grid.table.widths = {0.15, 0.17, 0.22, 0.22, 0.24};
    grid.table.rows = {{"Số hiệu", "Chiều sâu (m)", "Lưu lượng (m³/ngày đêm)", "Chế độ (giờ/ngày)",
                        "Mực nước động lớn nhất (m)"}};
    for (int i = 1; i <= wells; ++i) {
      grid.table.rows.push_back({"GK" + std::to_string(i), vietnameseNumber(random.real(18, 74), 1),
                                 vietnameseNumber(volume / static_cast<double>(wells), 1),
                                 std::to_string(random.integer(6, 16)),
                                 vietnameseNumber(random.real(7, 29), 1)});
    }
    text.blocks.push_back(grid);
  }
  text.blocks.push_back(article(2, "Yêu cầu đối với chủ giấy phép:"));
  text.blocks.push_back(
      paragraph("1. Tuân thủ các nội dung quy định tại Điều 1 của Giấy phép này."));
  text.blocks.push_back(
      paragraph("2. Lắp đặt thiết bị đo lưu lượng, ghi sổ theo dõi hàng ngày; quan trắc mực nước, "
                "chất lượng nước "
                "trong quá trình khai thác theo quy định."));
  if (!brief) {
    text.blocks.push_back(paragraph(
        "3. Thiết lập vùng bảo hộ vệ sinh khu vực khai thác với bán kính không nhỏ hơn 20 m kể từ "
        "miệng "
        "giếng; trám lấp các giếng hỏng hoặc không sử dụng theo đúng quy trình kỹ thuật."));
    text.blocks.push_back(
        paragraph("4. Nộp tiền cấp quyền khai thác tài nguyên nước theo quy định tại Nghị định số "
                  "82/2017/NĐ-CP; hàng "
                  "năm, trước ngày 15 tháng 12, tổng hợp báo cáo gửi Sở Tài nguyên và Môi trường "
                  "về tình hình khai "
                  "thác, sử dụng nước và các vấn đề phát sinh."));
    text.blocks.push_back(
        paragraph("5. Khi xảy ra sự cố hạ thấp mực nước quá mức, sụt lún đất hoặc ô nhiễm nguồn "
                  "nước phải dừng ngay "
                  "việc khai thác, kịp thời khắc phục hậu quả và báo cáo chính quyền địa phương "
                  "nơi gần nhất."));
  }
  closePermit(text, company, place, 3);
}

void writeDischargePermit(DocumentText& text, Random& random, bool brief) {
  issuedByDepartment(text, random, "GP");
  Fields& fields = text.fields;
  fields.typeName = "GIẤY PHÉP";
  fields.abstract = "Xả nước thải vào nguồn nước";
  const Place place = drawPlace(random);
  const std::string company = drawCompany(random);
  text.applicant = company;
  openPermit(text, random, company, brief);
  static constexpr const char* kReceivers[] = {"sông Nhật Lệ", "sông Kiến Giang", "sông Gianh",
                                               "sông Lý Hòa",  "sông Dinh",       "hói Cửa Hẹp",
                                               "hồ Bàu Tró",   "suối Bùng"};
  text.blocks.push_back(article(1, "Cho phép " + company + " xả nước thải vào nguồn nước tại " +
                                       place.village + ", " + place.commune + ", " +
                                       place.district + " với các nội dung chủ yếu sau đây:"));
  text.blocks.push_back(paragraph(
      "1. Nguồn nước tiếp nhận nước thải: " + std::string(random.pick(kReceivers)) + "."));
  text.blocks.push_back(paragraph("2. Vị trí cửa xả nước thải: " + coordinates(random) +
                                  " (hệ tọa độ VN-2000, kinh tuyến trục 106°00', múi chiếu 3°)."));
  text.blocks.push_back(
      paragraph("3. Phương thức xả: tự chảy, xả mặt, ven bờ; chế độ xả: liên tục 24/24 giờ."));
  text.blocks.push_back(paragraph("4. Lưu lượng xả nước thải lớn nhất: " +
                                  vietnameseNumber(random.integer(12, 980)) + " m³/ngày đêm."));
  text.blocks.push_back(
      paragraph("5. Chất lượng nước thải: giá trị các thông số không vượt quá giá trị tối đa cho "
                "phép sau đây:"));
  Block grid;
  grid.kind = BlockKind::table;
  grid.table.widths = {0.1, 0.42, 0.2, 0.28};
  grid.table.rows = {
      {"TT", "Thông số", "Đơn vị", "Giới hạn cho phép"},
      {"1", "pH", "-", "5,5 - 9"},
      {"2", "Nhu cầu oxy sinh hóa (BOD₅)", "mg/l", vietnameseNumber(random.integer(30, 60))},
      {"3", "Chất rắn lơ lửng (TSS)", "mg/l", vietnameseNumber(random.integer(50, 120))},
      {"4", "Amoni (tính theo N)", "mg/l", vietnameseNumber(random.real(5, 12), 1)},
      {"5", "Tổng Coliform", "MPN/100ml", "5.000"}};
  if (!brief) {
    grid.table.rows.push_back(
        {"6", "Dầu mỡ động, thực vật", "mg/l", vietnameseNumber(random.integer(10, 24))});
    grid.table.rows.push_back(
        {"7", "Tổng phốt pho (tính theo P)", "mg/l", vietnameseNumber(random.real(4, 10), 1)});
  }
  text.blocks.push_back(grid);
  text.blocks.push_back(
      paragraph("6. Thời hạn của giấy phép: " + twoDigits(random.integer(3, 10)) + " năm."));
  text.blocks.push_back(article(2, "Yêu cầu đối với " + company + ":"));
  text.blocks.push_back(
      paragraph("1. Vận hành thường xuyên hệ thống xử lý nước thải theo đúng quy trình đã nêu "
                "trong hồ sơ đề nghị cấp phép."));
  if (!brief) {
    text.blocks.push_back(
        paragraph("2. Quan trắc lưu lượng hàng ngày; quan trắc chất lượng nước thải sau xử lý và "
                  "nguồn nước tiếp nhận với "
                  "tần suất 03 tháng một lần; lưu giữ đầy đủ số liệu, nhật ký vận hành để phục vụ "
                  "công tác kiểm tra."));
    text.blocks.push_back(
        paragraph("3. Báo cáo kết quả xả nước thải về Sở Tài nguyên và Môi trường trước ngày 15 "
                  "tháng 12 hàng năm; chịu sự "
                  "kiểm tra, giám sát của cơ quan quản lý nhà nước về tài nguyên nước và của cộng "
                  "đồng dân cư."));
    text.blocks.push_back(
        paragraph("4. Nếu để xảy ra sự cố gây ô nhiễm nguồn nước, phải ngừng ngay việc xả nước "
                  "thải, có biện pháp khắc phục và "
                  "bồi thường thiệt hại theo quy định của pháp luật."));
  }
  closePermit(text, company, place, 3);
}

}  // namespace sohoa::samples

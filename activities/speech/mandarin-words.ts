/** Words that the pinyin dictionary reads wrongly in running text, with their spoken pinyin; a longer entry wins over a shorter one. */
export const readings: Readonly<Record<string, string>> = {
  下载量: 'xia4 zai4 liang4',
  不断地: 'bu4 duan4 de5',
  不停地: 'bu4 ting2 de5',
  不住地: 'bu4 zhu4 de5',
  教书: 'jiao1 shu1',
  一宿: 'yi1 xiu3',
  盛饭: 'cheng2 fan4',
  系鞋带: 'ji4 xie2 dai4',
  蒙骗: 'meng1 pian4',
  粘贴: 'zhan1 tie1',
  理发: 'li3 fa4',
  倒水: 'dao4 shui3',
  倒茶: 'dao4 cha2',
  圈养: 'juan4 yang3',
  孙子兵法: 'sun1 zi3 bing1 fa3',
}

/** Words whose last syllable is said lightly. */
export const lightWords: ReadonlySet<string> = new Set(
  (
    '东西 朋友 意思 明白 漂亮 衣服 头发 先生 时候 地方 事情 知识 认识 告诉 喜欢 清楚 舒服 聪明 眼睛 耳朵 鼻子 嘴巴 脑袋 ' +
    '豆腐 馒头 葡萄 石头 木头 骨头 舌头 枕头 里头 外头 窗户 玻璃 打听 打算 打扮 商量 麻烦 热闹 客气 关系 消息 生意 本事 ' +
    '故事 姑娘 媳妇 丈夫 大夫 师傅 护士 学生 太阳 月亮 云彩 星星 西瓜 黄瓜 萝卜 蘑菇 粮食 点心 力气 脾气 福气 运气 名字 ' +
    '胳膊 屁股 指甲 巴掌 疙瘩 钥匙 扫帚 笤帚 抽屉 灯笼 风筝 喇叭 琵琶 算盘 口袋 包袱 行李 便宜 暖和 凉快 结实 老实 厉害 ' +
    '糊涂 马虎 模糊 干净 规矩 讲究 见识 记性 应酬 招呼 称呼 吩咐 嘱咐 答应 咳嗽 哆嗦 哈欠 唠叨 折腾 收拾 琢磨 耽误 部分 ' +
    '队伍 功夫 合同 衙门 和尚 道士 骆驼 狐狸 苍蝇 蚂蚱 牲口 畜生 庄稼 棉花 石榴 核桃 芝麻 高粱 甘蔗 尾巴 下巴 眉毛 怎么 ' +
    '什么 那么 这么 多么 要么 妈妈 爸爸 爷爷 奶奶 哥哥 弟弟 姐姐 妹妹 叔叔 伯伯 姥姥 舅舅 姑姑 婶婶 娃娃 宝宝 太太 谢谢 ' +
    '亲戚 兄弟 岁数 日子 委屈 稀罕 新鲜 精神 痛快 爽快 勤快 扎实 踏实 实在 自在 稳当 妥当 秀气 阔气 大方 机灵 活泼 迷糊 ' +
    '含糊 吓唬 欺负 对付 凑合 张罗 打发 打量 提防 晃悠 转悠 溜达 念叨 嘀咕 嘟囔 吆喝 叫唤 使唤 伺候 照应 帮手 早上 晚上'
  ).split(' '),
)

/** Where 儿 is a child, or a syllable of its own, and no ending. */
export const fullEr: ReadonlySet<string> = new Set(
  '女儿 婴儿 幼儿 孤儿 少儿 胎儿 健儿 男儿 宠儿 患儿 弃儿 小儿 育儿 托儿 妻儿 产儿 新生儿 混血儿 早产儿 幸运儿'.split(' '),
)

/** Where 子 is a person, or a thing of weight, and not the light ending. */
export const fullZi: ReadonlySet<string> = new Set(
  (
    '孔子 孟子 老子 庄子 荀子 墨子 王子 太子 公子 君子 弟子 女子 男子 才子 天子 学子 游子 赤子 原子 电子 分子 离子 量子 ' +
    '粒子 质子 中子 光子 因子 孢子 种子 精子 卵子 棋子 瓜子 莲子 亲子 父子 母子 臣子 浪子 骄子 孝子'
  ).split(' '),
)

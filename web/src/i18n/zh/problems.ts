/** What the API may refuse, said beside the place where it was asked. Code -> words. */
export const problems = {
  noConnection: '没有连上服务器。写的都在，等网络好了再按一次。',
  internal: '服务器出了问题，没有扣费。写的都在，稍后再试；编号 {{id}}。',
  unavailable: '服务器忙不过来，没有扣费。写的都在，一会儿再试。',
  tooManyRequests_other: '按得太快了。{{count}} 秒后再试。',
  tooLarge: '文字太长，一次放不下。删掉一些，或分成几期。',
  nothingToSay: '这里没有可以读出来的句子。放一段有字的文字进来。',
  unknownVoice: '选的声音现在没有了。换一个声音。',
  unknownSpeaker: '脚本里的人名对不上，或者超过六个人。检查名字，或当作普通文字。',
  scriptUnreadable: '脚本读不懂：每一行要写成“名字：要说的话”。改一改，或当作普通文字。',
  sourceKindUnavailable: '这种来源还读不了。把正文粘贴进来。',
  keyReused: '刚才那次已经交上去了。去作品库看看，或改一个字再做。',
  wrongState: '这一期的状态刚刚变了，已经刷新。',
  forbidden: '这个账户不能做这件事。',
  noSample: '这个声音还没有试听。换一个听，或者直接用它。',
  notFound: '没有找到，可能已经删了。',
  other: '没有做成：{{detail}}',
}

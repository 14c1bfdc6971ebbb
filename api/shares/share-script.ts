/**
 * Makes the share and embed pages a player: tape, keys, lock screen, read-along, a press on a line, a second in the address. Plain and small, in the page
 * itself; without it the browser's own player is there and plays all the same.
 */
export const SCRIPT = `(()=>{const d=document,$=s=>d.querySelector(s),a=$('audio');if(!a)return
const w=JSON.parse(d.body.dataset.words),total=Number(d.body.dataset.seconds)
a.removeAttribute('controls');a.hidden=true;for(const x of d.querySelectorAll('[data-js]'))x.hidden=false
const clock=s=>{s=Math.floor(s);const h=Math.floor(s/3600),m=Math.floor(s/60)%60,p=n=>String(n).padStart(2,'0');return(h?h+':'+p(m):m)+':'+p(s%60)}
const go=(s,p)=>{const set=()=>{a.currentTime=Math.max(0,Math.min(s,total-.2));if(p)a.play().catch(()=>{})};a.readyState>0?set():(a.addEventListener('loadedmetadata',set,{once:true}),a.load())}
const by=s=>go(a.currentTime+s,!a.paused),toggle=()=>{a.paused?a.play().catch(()=>{}):a.pause()}
const rows=[...d.querySelectorAll('[data-at]')],lines=rows.filter(r=>r.dataset.line!==undefined),chs=[...d.querySelectorAll('.toc [data-at]')],at=r=>Number(r.dataset.at)
for(const r of rows)r.addEventListener('click',()=>{if(getSelection().isCollapsed)go(at(r),true)})
const t=Number(new URLSearchParams(location.search).get('t')||(location.hash.match(/^#t=([\\d.]+)$/)||[])[1]);if(t>0)go(t,false)
const tape=$('.tape'),svg=tape&&tape.querySelector('svg'),top=svg&&tape.appendChild(svg.cloneNode(true))
const lastBefore=(list,s)=>{let found;for(const r of list){if(at(r)<=s+.05)found=r;else break}return found}
const parts=x=>x.match(/[^，。！？；：、,.!?;:…]+[，。！？；：、,.!?;:…”’"')）]*/gu)||[x]
let on,words,ch,phrase
const plain=()=>{if(on&&words!==undefined)on.querySelector('.tx').textContent=words;phrase=-1}
const show=()=>{const s=a.currentTime,share=total?Math.min(1,s/total):0
if(top){top.style.clipPath='inset(0 '+(100-share*100)+'% 0 0)';tape.setAttribute('aria-valuenow',Math.round(s))}
for(const x of d.querySelectorAll('.c0'))x.textContent=clock(s)
const now=lastBefore(lines,s)
if(now!==on){plain();on?.classList.remove('on');on?.removeAttribute('aria-current');now?.classList.add('on');now?.setAttribute('aria-current','true');on=now;words=now?.querySelector('.tx').textContent
const who=now?.dataset.who;const say=$('.say');if(say)say.textContent=now?who+w.says+parts(words)[0].replace(/[，、；：,;:]+$/u,''):'';tape?.setAttribute('aria-valuetext',clock(s)+(who?w.comma+who:''))}
if(on&&!a.paused){const next=lines[lines.indexOf(on)+1],span=(next?at(next):total)-at(on),p=parts(words),goal=Math.min(.999,(s-at(on))/Math.max(.1,span))*words.length;let n=0,i=0;for(;i<p.length-1;i++){n+=p[i].length;if(goal<n)break}
if(i!==phrase){phrase=i;const tx=on.querySelector('.tx'),em=d.createElement('em');em.className='now';em.textContent=p[i];tx.replaceChildren(p.slice(0,i).join(''),em,p.slice(i+1).join(''))}}
const c=lastBefore(chs,s);if(c!==ch){ch?.parentElement.classList.remove('cur');c?.parentElement.classList.add('cur');ch=c}}
a.addEventListener('timeupdate',show);a.addEventListener('seeked',show)
const state=()=>{for(const b of d.querySelectorAll('[data-do=toggle]')){b.querySelector('.py').toggleAttribute('hidden',!a.paused);b.querySelector('.pz').toggleAttribute('hidden',a.paused);const l=b.querySelector('.lb'),x=a.paused?w.play:w.pause;if(l)l.textContent=x;else{b.setAttribute('aria-label',x);b.title=x}}
if(navigator.mediaSession)navigator.mediaSession.playbackState=a.paused?'paused':'playing'}
a.addEventListener('play',state);a.addEventListener('pause',()=>{plain();state()})
const rates=[1,1.25,1.5,1.75,2,.75];let rate=0
const sleeps=[0,15,30,60];let sleep=0,timer
const toast=x=>{const s=$('[role=status]');if(s){s.textContent='';setTimeout(()=>s.textContent=x,50)}}
const deeds={toggle,back:()=>by(-15),forward:()=>by(30),
rate:b=>{rate=(rate+1)%rates.length;a.playbackRate=rates[rate];b.textContent=rates[rate]+'x';b.setAttribute('aria-label',w.speed+w.comma+rates[rate]+'x')},
sleep:b=>{sleep=(sleep+1)%sleeps.length;clearTimeout(timer);const m=sleeps[sleep];if(m)timer=setTimeout(()=>{a.pause();sleep=0;mark()},m*60000);const mark=()=>{const x=w.sleep+w.comma+(sleeps[sleep]?sleeps[sleep]+w.minutes:w.off);b.setAttribute('aria-label',x);b.title=x;b.querySelector('.lb').textContent=sleeps[sleep]||'';toast(x)};mark()},
share:b=>{const u=location.origin+location.pathname;if(navigator.share)navigator.share({title:d.title,url:u}).catch(()=>{});else navigator.clipboard?.writeText(u).then(()=>{b.querySelector('.lb').textContent=w.copied;toast(w.copied)}).catch(()=>{})}}
d.addEventListener('click',e=>{const b=e.target.closest&&e.target.closest('[data-do]');if(b)deeds[b.dataset.do](b)})
if(tape){let held=false;const to=e=>{const r=tape.getBoundingClientRect();go((e.clientX-r.left)/r.width*total,!a.paused)}
tape.addEventListener('pointerdown',e=>{held=true;tape.setPointerCapture(e.pointerId);to(e)});tape.addEventListener('pointermove',e=>held&&to(e));for(const n of ['pointerup','pointercancel'])tape.addEventListener(n,()=>held=false)
tape.addEventListener('keydown',e=>{const p={ArrowLeft:a.currentTime-5,ArrowRight:a.currentTime+5,Home:0,End:total}[e.key];if(p!==undefined){e.preventDefault();go(p,!a.paused)}})}
addEventListener('keydown',e=>{if(e.ctrlKey||e.metaKey||e.altKey||e.repeat||e.target.closest('input,textarea'))return;const k=e.key.toLowerCase();if(k===' '&&e.target.closest('button,a,[role=slider]'))return
const f={' ':toggle,k:toggle,j:()=>by(-15),l:()=>by(30)}[k];if(f){e.preventDefault();f()}})
const ms=navigator.mediaSession;if(ms){const c=d.querySelector('img.cover');ms.metadata=new MediaMetadata({title:d.title,artist:'AIMake',artwork:c?[{src:c.src,sizes:'1400x1400',type:'image/png'}]:[]})
const h={play:()=>a.play(),pause:()=>a.pause(),seekbackward:e=>by(-(e.seekOffset||15)),seekforward:e=>by(e.seekOffset||30),seekto:e=>go(e.seekTime,!a.paused)};for(const n in h)try{ms.setActionHandler(n,h[n])}catch{}}
state();show()})()`
